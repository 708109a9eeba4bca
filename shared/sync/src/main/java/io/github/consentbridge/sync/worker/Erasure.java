package io.github.consentbridge.sync.worker;

import static java.util.Objects.requireNonNull;

import io.github.consentbridge.connectors.dataverse.contact.ContactRow;
import io.github.consentbridge.connectors.dataverse.contact.WriteResult;
import io.github.consentbridge.mapping.delivery.Reading.DeletedUser;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.mapping.document.Integration.OnUserDeleted;
import io.github.consentbridge.mapping.settle.MappedColumn;
import io.github.consentbridge.sync.connections.ContactSchema;
import io.github.consentbridge.sync.ledger.ConsentLedger;
import io.github.consentbridge.sync.ledger.LedgerEntry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a person whom Didomi has deleted, when no other Didomi user of theirs is left: the contact as
 * {@code on_user_deleted} says, and a tombstone in the ledger, so that a late delivery does not bring them back.
 */
final class Erasure {
    private final Integration integration;
    private final ContactWrites contacts;
    private final ConsentLedger ledger;
    private final SystemPauses pauses;
    private final Outcomes outcomes;

    Erasure(
            Integration integration,
            ContactWrites contacts,
            ConsentLedger ledger,
            SystemPauses pauses,
            Outcomes outcomes) {
        this.integration = integration;
        this.contacts = contacts;
        this.ledger = ledger;
        this.pauses = pauses;
        this.outcomes = outcomes;
    }

    /** Erases; what was decided after the deletion is left to the next round. Safe to repeat. */
    void erase(PersonTask task, ContactSchema schema) {
        DeletedUser deleted = requireNonNull(task.deletedUser());
        LedgerEntry entry = requireNonNull(task.entry);
        if (integration.onUserDeleted() == OnUserDeleted.CLEAR && !cleared(task, schema)) {
            return;
        }
        task.again = true;
        if (ledger.save(List.of(entry.erased(deleted.at()))).isEmpty()) {
            outcomes.erased(task);
            task.deletionDone();
            task.entry = entry.erased(deleted.at());
            if (task.choices().isEmpty()) {
                task.end(new DeliveryOutcome.Done());
            }
        }
    }

    private boolean cleared(PersonTask task, ContactSchema schema) {
        @Nullable ContactRow row = task.contact;
        List<String> columns = row == null ? List.of() : filled(row, schema);
        if (columns.isEmpty()) {
            return true;
        }
        WriteResult result = contacts.clear(requireNonNull(row), columns);
        if (result instanceof WriteResult.Written || result instanceof WriteResult.Gone) {
            return true;
        }
        if (result instanceof WriteResult.Rejected rejected) {
            task.end(new DeliveryOutcome.Dead("Dataverse refused to clear " + String.join(", ", columns) + " with "
                    + rejected.status() + " " + rejected.code()));
        } else if (result instanceof WriteResult.Failed failed && failed.cause().concernsSystem()) {
            task.end(new DeliveryOutcome.Postponed(pauses.pause(failed.cause())));
        } else {
            task.again = true;
        }
        return false;
    }

    private static List<String> filled(ContactRow row, ContactSchema schema) {
        return schema.mapping().records().stream()
                .flatMap(record -> record.columns().stream())
                .map(MappedColumn::mapping)
                .filter(mapping -> mapping.direction().writesDynamics())
                .map(mapping -> mapping.column().logicalName())
                .filter(row.values()::containsKey)
                .toList();
    }
}
