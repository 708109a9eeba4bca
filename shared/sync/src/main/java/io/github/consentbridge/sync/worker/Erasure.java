package io.github.consentbridge.sync.worker;

import io.github.consentbridge.connectors.dataverse.contact.ContactRow;
import io.github.consentbridge.connectors.dataverse.contact.WriteResult;
import io.github.consentbridge.mapping.delivery.Reading.DeletedUser;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.mapping.document.Integration.OnUserDeleted;
import io.github.consentbridge.mapping.settle.MappedColumn;
import io.github.consentbridge.sync.connections.ContactSchema;
import io.github.consentbridge.sync.ledger.ConsentLedger;
import io.github.consentbridge.sync.ledger.LedgerEntry;
import io.github.consentbridge.sync.worker.PersonStage.Located;
import io.github.consentbridge.sync.worker.PersonStage.Planned;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Erases a person who was deleted in Didomi and has no other Didomi user left: the contact is treated as
 * {@code on_user_deleted} says, and the ledger keeps a tombstone, so that a late delivery does not bring the person back.
 */
final class Erasure {
    private final Integration integration;
    private final ContactWrites contacts;
    private final ConsentLedger ledger;
    private final Outcomes outcomes;

    Erasure(Integration integration, ContactWrites contacts, ConsentLedger ledger, Outcomes outcomes) {
        this.integration = integration;
        this.contacts = contacts;
        this.ledger = ledger;
        this.outcomes = outcomes;
    }

    /** Erases the person; what was decided after the deletion is left to the next round. Safe to repeat. */
    StepResult<Planned> erase(Located person, DeletedUser deleted, ContactSchema schema) {
        if (integration.onUserDeleted() == OnUserDeleted.CLEAR) {
            Optional<StepResult<Planned>> hindered = clear(person, schema);
            if (hindered.isPresent()) {
                return hindered.get();
            }
        }
        LedgerEntry tombstone = person.entry().erased(deleted.at());
        if (!ledger.save(List.of(tombstone)).isEmpty()) {
            return person.again();
        }
        outcomes.erased(person.key());
        Located erased = person.erased(tombstone);
        return erased.choices().isEmpty() ? erased.ended(new DeliveryOutcome.Done()) : erased.again();
    }

    /** Clears the mapped columns; says what stopped it, if anything did. */
    private Optional<StepResult<Planned>> clear(Located person, ContactSchema schema) {
        @Nullable ContactRow row = person.contact();
        List<String> columns = row == null ? List.of() : filled(row, schema);
        if (row == null || columns.isEmpty()) {
            return Optional.empty();
        }
        WriteResult result = contacts.clear(row, columns);
        if (result instanceof WriteResult.Written || result instanceof WriteResult.Gone) {
            return Optional.empty();
        }
        if (result instanceof WriteResult.Rejected rejected) {
            return Optional.of(person.ended(new DeliveryOutcome.Dead("Dataverse refused to clear "
                    + String.join(", ", columns) + " with " + rejected.status() + " " + rejected.code())));
        }
        if (result instanceof WriteResult.Failed failed) {
            return Optional.of(person.ended(contacts.notCleared(person, failed)));
        }
        return Optional.of(person.again());
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
