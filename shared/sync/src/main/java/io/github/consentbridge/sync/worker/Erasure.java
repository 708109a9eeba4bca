package io.github.consentbridge.sync.worker;

import io.github.consentbridge.connectors.dataverse.contact.ContactRow;
import io.github.consentbridge.connectors.dataverse.contact.ContactWrite;
import io.github.consentbridge.connectors.dataverse.contact.Refusal;
import io.github.consentbridge.connectors.dataverse.contact.WriteAttempt;
import io.github.consentbridge.connectors.dataverse.contact.WriteResult;
import io.github.consentbridge.mapping.consent.Choice;
import io.github.consentbridge.mapping.consent.DidomiState;
import io.github.consentbridge.mapping.delivery.Reading.DeletedUser;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.mapping.document.Integration.OnUserDeleted;
import io.github.consentbridge.mapping.settle.MappedColumn;
import io.github.consentbridge.mapping.settle.SettleInput;
import io.github.consentbridge.mapping.settle.SettleInput.DidomiRead;
import io.github.consentbridge.sync.connections.Connections;
import io.github.consentbridge.sync.connections.ContactSchema;
import io.github.consentbridge.sync.history.HistoryRecorder;
import io.github.consentbridge.sync.history.HistoryTail;
import io.github.consentbridge.sync.ledger.ConsentLedger;
import io.github.consentbridge.sync.ledger.LedgerEntry;
import io.github.consentbridge.sync.worker.PersonSettling.Gathered;
import io.github.consentbridge.sync.worker.PersonStage.Located;
import io.github.consentbridge.sync.worker.PersonStage.Planned;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Erases a person who was deleted in Didomi and has no other Didomi user left: the contact is treated as
 * {@code on_user_deleted} says, and the ledger keeps a tombstone, so that a late delivery does not bring the person back.
 */
final class Erasure {
    private final Integration integration;
    private final Connections connections;
    private final ContactWrites contacts;
    private final ConsentLedger ledger;
    private final HistoryRecorder history;
    private final Outcomes outcomes;

    Erasure(
            Integration integration,
            Connections connections,
            ContactWrites contacts,
            ConsentLedger ledger,
            HistoryRecorder history,
            Outcomes outcomes) {
        this.integration = integration;
        this.connections = connections;
        this.contacts = contacts;
        this.ledger = ledger;
        this.history = history;
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
        LedgerEntry tombstone = person.entry().erased(deleted.at(), history(person, deleted));
        if (!ledger.save(List.of(tombstone)).isEmpty()) {
            return person.again();
        }
        outcomes.erased(person.key());
        Located erased = person.erased(tombstone);
        return erased.choices().isEmpty() ? erased.ended(new DeliveryOutcome.Done()) : erased.again();
    }

    /** Where the columns are kept, so is what explains them. */
    private HistoryTail history(Located person, DeletedUser deleted) {
        HistoryTail tail = person.entry().history();
        return integration.onUserDeleted() == OnUserDeleted.CLEAR ? tail.forget() : history.erased(tail, deleted.at());
    }

    /** Clears the mapped columns; says what stopped it, if anything did. */
    private Optional<StepResult<Planned>> clear(Located person, ContactSchema schema) {
        @Nullable ContactRow row = person.contact();
        List<String> columns = row == null ? List.of() : filled(row, schema);
        if (row == null || columns.isEmpty()) {
            return Optional.empty();
        }
        Clearing clearing = clear(row, columns);
        WriteResult result = clearing.result();
        boolean ended = result instanceof WriteResult.Written || result instanceof WriteResult.Rejected;
        if (ended && !clearing.refusals().isEmpty()) {
            return Optional.of(person.ended(new DeliveryOutcome.Dead(sentence(clearing.refusals()))));
        }
        if (result instanceof WriteResult.Written || result instanceof WriteResult.Gone) {
            return Optional.empty();
        }
        if (result instanceof WriteResult.Failed failed) {
            return Optional.of(person.ended(contacts.notCleared(person, failed)));
        }
        return Optional.of(person.again());
    }

    /**
     * What became of clearing columns.
     *
     * @param result the last answer
     * @param refusals columns that Dataverse refused to clear; the others are cleared if it was written
     */
    private record Clearing(WriteResult result, List<Refusal> refusals) {}

    /** Sets mapped columns of a contact to null. */
    private Clearing clear(ContactRow row, List<String> columns) {
        Map<String, @Nullable Object> nothing = new LinkedHashMap<>();
        columns.forEach(column -> nothing.put(column, null));
        WriteAttempt attempt = WriteAttempt.of(new ContactWrite.Update(row.id(), row.etag(), nothing), "");
        while (true) {
            WriteResult result =
                    connections.dataverse().write(List.of(attempt.write())).get(0);
            if (!(result instanceof WriteResult.Rejected rejected)) {
                return new Clearing(result, attempt.refusalsIfWritten());
            }
            attempt = attempt.after(rejected);
            if (attempt.isOver()) {
                return new Clearing(result, attempt.refusals());
            }
        }
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

    /**
     * Whether a person of whom only a tombstone is left has chosen since. Where an operator erased the person here, Didomi still
     * has them: an old event that is read again adds nothing, and a user that Didomi recomputed, or that shows an event of ours
     * which was on its way, shows no choice either. So only a choice or an event that is dated later counts; what a user shows
     * counts only if Didomi has no event of the person at all.
     *
     * @param gathered with what had to be read for it
     */
    record AfterErasure(Gathered gathered, boolean hasChosen) {
        static AfterErasure of(Gathered known, DidomiCalls didomi) {
            Instant erasedAt = Objects.requireNonNull(known.person().entry().erasedAt());
            if (isAnyLater(known.input().choices(), erasedAt)) {
                return new AfterErasure(known, true);
            }
            boolean shown = known.input().states().stream().anyMatch(state -> isLater(state, erasedAt));
            boolean mayShowMore = known.input().didomi() != DidomiRead.USERS_AND_EVENTS;
            Gathered read = shown && mayShowMore ? didomi.withEvents(withUsers(known, didomi)) : known;
            SettleInput input = read.input();
            boolean hasEvents = !input.events().isEmpty() || !input.ours().isEmpty();
            boolean chosen = isAnyLater(input.choices(), erasedAt) || isAnyLater(input.events(), erasedAt);
            return new AfterErasure(read, chosen || (shown && !hasEvents));
        }

        private static Gathered withUsers(Gathered known, DidomiCalls didomi) {
            return known.input().didomi() == DidomiRead.NOTHING ? didomi.withUsers(known) : known;
        }

        private static boolean isAnyLater(List<Choice> choices, Instant erasedAt) {
            return choices.stream()
                    .anyMatch(choice -> choice.recordId().value().isConsent()
                            && choice.decidedAt().isAfter(erasedAt));
        }

        private static boolean isLater(DidomiState state, Instant erasedAt) {
            return state.stamp().at().isAfter(erasedAt);
        }
    }
}
