package io.github.consentbridge.sync.worker;

import io.github.consentbridge.connectors.dataverse.contact.ContactRow;
import io.github.consentbridge.mapping.consent.Choice;
import io.github.consentbridge.mapping.consent.ConsentRecordId;
import io.github.consentbridge.mapping.consent.CopiedValue;
import io.github.consentbridge.mapping.consent.DidomiState;
import io.github.consentbridge.mapping.document.AttributeName;
import io.github.consentbridge.mapping.document.OrganizationUserId;
import io.github.consentbridge.mapping.settle.ConsentRecord;
import io.github.consentbridge.mapping.settle.ObservedValue;
import io.github.consentbridge.mapping.settle.PlannedEvent;
import io.github.consentbridge.mapping.settle.Replica;
import io.github.consentbridge.mapping.settle.Settlement;
import io.github.consentbridge.mapping.settle.Settlement.Change;
import io.github.consentbridge.sync.ledger.LedgerEntry;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A person on the way through a round: {@link Open}, {@link Loaded}, {@link Located}, {@link Planned}. Each stage has what
 * the one before has, and what one more step found out.
 */
sealed interface PersonStage {
    /** The person as the next round would begin with them. */
    Open open();

    default PersonNews news() {
        return open().news();
    }

    default OrganizationUserId key() {
        return news().key();
    }

    default <T extends PersonStage> StepResult<T> ended(DeliveryOutcome outcome) {
        return new StepResult.Ended<>(open(), outcome);
    }

    default <T extends PersonStage> StepResult<T> again() {
        return new StepResult.Again<>(open());
    }

    /**
     * A person at the beginning of a round.
     *
     * @param duplicate whether the last write was answered that the contact to be created exists already
     * @param applied the differences that earlier rounds removed
     * @param refusals what a system refused for good in this round, in sentences; the rest of the person goes on
     */
    record Open(PersonNews news, boolean duplicate, List<Change> applied, List<String> refusals)
            implements PersonStage {
        static Open of(PersonNews news) {
            return new Open(news, false, List.of(), List.of());
        }

        @Override
        public Open open() {
            return this;
        }

        Open with(PersonNews changed) {
            return new Open(changed, duplicate, applied, refusals);
        }

        Open withDuplicate(boolean answered) {
            return new Open(news, answered, applied, refusals);
        }

        Open applied(List<Change> more) {
            return new Open(
                    news,
                    duplicate,
                    Stream.concat(applied.stream(), more.stream()).toList(),
                    refusals);
        }

        Open refused(List<String> more) {
            return new Open(
                    news,
                    duplicate,
                    applied,
                    Stream.concat(refusals.stream(), more.stream()).toList());
        }
    }

    /** A person whose ledger entry is known. What was decided before an erasure no longer counts. */
    sealed interface Known extends PersonStage {
        LedgerEntry entry();

        default List<Choice> choices() {
            return afterErasure(news().choices(), Choice::decidedAt);
        }

        default List<Choice> revoked() {
            return afterErasure(news().revoked(), Choice::decidedAt);
        }

        default List<CopiedValue> copied() {
            return news().copied();
        }

        default List<DidomiState> states() {
            return afterErasure(news().states(), state -> state.stamp().at());
        }

        private <T> List<T> afterErasure(List<T> reported, Function<T, Instant> time) {
            @Nullable Instant erasedAt = entry().erasedAt();
            return erasedAt == null
                    ? reported
                    : reported.stream()
                            .filter(each -> time.apply(each).isAfter(erasedAt))
                            .toList();
        }

        /** The Didomi values that the deliveries report. */
        default Set<ConsentRecordId> reportedRecords() {
            Set<ConsentRecordId> reported = new LinkedHashSet<>();
            choices().forEach(choice -> reported.add(choice.recordId()));
            return reported;
        }

        /** The organization user id as Didomi showed it last; the key as long as it has not. */
        default String didomiId() {
            return news().spelling().orElseGet(entry()::didomiId);
        }

        /** Every spelling under which Didomi may have a user of the person: for Didomi these are different users. */
        default Set<String> didomiIds() {
            Set<String> all = new LinkedHashSet<>(news().spellings());
            all.add(didomiId());
            if (entry().revision() != LedgerEntry.NEW) {
                all.add(entry().didomiId());
            }
            return all;
        }

        /**
         * Whether a reconciliation's page has everything that Didomi has of the person, as far as we know, and nothing older
         * than what we know: then nothing need be read again before an event is posted.
         */
        default boolean isReadWhole() {
            List<DidomiState> states = states();
            return news().readWhole()
                    && entry().person().records().values().stream().allMatch(record -> isReadWhole(record, states));
        }

        private static boolean isReadWhole(ConsentRecord record, List<DidomiState> states) {
            return record.pending().isEmpty()
                    && record.users().entrySet().stream().allMatch(user -> isReadWhole(user, states));
        }

        private static boolean isReadWhole(Map.Entry<String, Replica> user, List<DidomiState> states) {
            @Nullable ObservedValue observed = user.getValue().observed();
            return observed == null
                    || states.stream()
                            .anyMatch(state -> state.userId().equals(user.getKey())
                                    && state.stamp().covers(observed.stamp()));
        }
    }

    /** A person with their ledger entry. */
    record Loaded(Open open, LedgerEntry entry) implements Known {
        Located at(@Nullable ContactRow contact) {
            return new Located(open, entry, contact);
        }
    }

    /**
     * A person whose contact was looked up.
     *
     * @param contact null where there is none
     */
    record Located(Open open, LedgerEntry entry, @Nullable ContactRow contact) implements Known {
        /** The same, where a Didomi user that was read has this spelling: it counts where none was known before. */
        Located readAs(String spelling) {
            boolean known = news().spelling().isPresent() || entry.spelling() != null;
            return known ? this : new Located(open.with(news().readAs(spelling)), entry, contact);
        }

        /** The same after the person was erased. */
        Located erased(LedgerEntry tombstone) {
            return new Located(open.with(news().afterErasure()), tombstone, contact);
        }

        Planned with(Settlement settlement, List<Choice> considered) {
            return new Planned(open, entry, contact, settlement, considered);
        }
    }

    /**
     * A person who was settled: what is to be saved and written.
     *
     * @param considered the choices that were reported and read
     */
    record Planned(
            Open open, LedgerEntry entry, @Nullable ContactRow contact, Settlement settlement, List<Choice> considered)
            implements Known {
        /** The ledger entry to be saved before anything is written. */
        LedgerEntry entryToSave() {
            return entry.with(settlement.person()).spelled(didomiId());
        }

        Planned with(LedgerEntry saved) {
            return new Planned(open, saved, contact, settlement, considered);
        }

        Planned applied(List<Change> changes) {
            return new Planned(open.applied(changes), entry, contact, settlement, considered);
        }

        /**
         * Whether the deliveries and what was read add nothing to what earlier deliveries reported. What is refused then was
         * refused before, and has its dead letter: the echo of our own write would be another one.
         */
        boolean isWithoutNews() {
            return news().onlyShows() && settlement.unreported().isEmpty();
        }

        /** The same after a system refused something for good. */
        Planned refused(List<String> sentences) {
            return sentences.isEmpty()
                    ? this
                    : new Planned(open.refused(sentences), entry, contact, settlement, considered);
        }

        /** The same without these columns, which Dataverse refused. */
        Planned without(Set<AttributeName> columns) {
            return columns.isEmpty()
                    ? this
                    : new Planned(open, entry, contact, settlement.withoutColumns(columns), considered);
        }

        /** The differences that the write of the contact removes. */
        List<Change> columnChanges() {
            return settlement.changes().stream()
                    .filter(change -> change.column() != null)
                    .toList();
        }

        /** The differences that this event removes. */
        List<Change> changesBy(PlannedEvent event) {
            return settlement.changes().stream()
                    .filter(change ->
                            change.column() == null && change.recordId().equals(event.recordId()))
                    .toList();
        }
    }
}
