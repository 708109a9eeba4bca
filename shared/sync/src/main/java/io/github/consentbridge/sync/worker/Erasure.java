package io.github.consentbridge.sync.worker;

import io.github.consentbridge.connectors.dataverse.contact.ContactRow;
import io.github.consentbridge.connectors.dataverse.contact.Refusal;
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
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Erases a person who was deleted in Didomi and has no other Didomi user left: the contact is treated as
 * {@code on_user_deleted} says, and the ledger keeps a tombstone, so that a late delivery does not bring the person back.
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
        ContactWrites.Clearing clearing = contacts.clear(row, columns);
        WriteResult result = clearing.result();
        boolean ended = result instanceof WriteResult.Written || result instanceof WriteResult.Rejected;
        if (ended && !clearing.refusals().isEmpty()) {
            return Optional.of(person.ended(new DeliveryOutcome.Dead(sentence(clearing.refusals()))));
        }
        if (result instanceof WriteResult.Written || result instanceof WriteResult.Gone) {
            return Optional.empty();
        }
        if (result instanceof WriteResult.Failed failed && failed.cause().concernsSystem()) {
            return Optional.of(person.ended(pauses.outcomeAfter(failed.cause())));
        }
        return Optional.of(person.again());
    }

    private static String sentence(List<Refusal> refusals) {
        return refusals.stream()
                .map(refusal ->
                        "Dataverse refused to clear " + String.join(", ", refusal.columns()) + " " + refusal.reason())
                .collect(Collectors.joining("; "));
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
