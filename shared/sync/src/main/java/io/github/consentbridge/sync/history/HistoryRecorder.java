package io.github.consentbridge.sync.history;

import io.github.consentbridge.mapping.consent.Choice;
import io.github.consentbridge.mapping.consent.ConsentRecordId;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.mapping.document.Mapping;
import io.github.consentbridge.mapping.document.OrganizationUserId;
import io.github.consentbridge.mapping.document.Wins;
import io.github.consentbridge.mapping.settle.ConsentRecord;
import io.github.consentbridge.mapping.settle.PendingEvent;
import io.github.consentbridge.mapping.settle.Person;
import io.github.consentbridge.mapping.settle.PlannedEvent;
import io.github.consentbridge.mapping.settle.Replica;
import io.github.consentbridge.mapping.settle.ReportedChoice;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Turns each change of what is known of a person into history entries. It compares the ledger's states, so that whatever
 * changes the ledger is in the history, and a repeat, which changes nothing, is not.
 */
public final class HistoryRecorder {
    private final Map<ConsentRecordId, Wins> wins;
    private final boolean kept;
    private final Supplier<UUID> environment;
    private final Clock clock;

    /**
     * Records nothing if {@code history_days} is 0.
     *
     * @param environment the organization id of our Dataverse environment, which is part of our events' ids; asked for only
     *     when an event is found whose answer was lost
     */
    public HistoryRecorder(Integration integration, Supplier<UUID> environment, Clock clock) {
        this.environment = environment;
        this.wins = integration.mappings().stream()
                .collect(Collectors.toMap(ConsentRecordId::of, Mapping::wins, (one, other) -> one));
        this.kept = integration.historyDays() > 0;
        this.clock = clock;
    }

    /** The history after the ledger entry changed from {@code before} to {@code after}; the same one if nothing did. */
    public HistoryTail record(HistoryTail tail, Person before, Person after, HistoryFacts facts) {
        if (before.equals(after) && facts.late().isEmpty()) {
            return tail;
        }
        if (!kept) {
            // One with a gap would be wrong once history is kept again.
            return tail.head().at() == null ? tail : tail.forget();
        }
        Instant now = now();
        boolean sameContact = before.contactId() == null || before.contactId().equals(after.contactId());
        List<HistoryEntry> entries = new ArrayList<>();
        Map<String, Integer> standing = new HashMap<>();
        TreeSet<ConsentRecordId> ids = new TreeSet<>(before.records().keySet());
        ids.addAll(after.records().keySet());
        ids.removeIf(id -> !id.value().isConsent());
        for (ConsentRecordId id : ids) {
            ConsentRecord old = before.record(id);
            ConsentRecord changed = after.record(id);
            boolean isLate =
                    facts.late().stream().anyMatch(choice -> choice.recordId().equals(id));
            if (isLate || !changed.equals(old)) {
                int first = entries.size();
                boolean explained = tail.head().standing().containsKey(id.key());
                ChangedRecord record = new ChangedRecord(
                        id, old, changed, wins(id), facts, event -> eventId(before.key(), id, event), now);
                ChoiceChanges choices = new ChoiceChanges(record, explained);
                entries.addAll(choices.entries());
                entries.addAll(new ShownChanges(record, choices, sameContact).entries());
                choices.standing().ifPresent(index -> standing.put(id.key(), first + index));
            }
        }
        return tail.append(entries, standing);
    }

    private String eventId(OrganizationUserId person, ConsentRecordId id, PendingEvent event) {
        return PlannedEvent.id(person, id, event.createdAt(), event.value(), environment.get())
                .toString();
    }

    /** As exactly as stores keep it. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private Wins wins(ConsentRecordId id) {
        return wins.getOrDefault(id, Wins.NEWEST);
    }

    /**
     * Reported choices that are neither in the ledger before nor after: newer ones of the same replica were known. Whether the
     * history has them already, only the history shows.
     */
    public List<Choice> late(Person before, Person after, List<Choice> reported) {
        return kept
                ? reported.stream()
                        .filter(choice ->
                                !choice.latest() && choice.recordId().value().isConsent())
                        .filter(choice -> !isKnown(before, choice) && isOutdated(after, choice))
                        .toList()
                : List.of();
    }

    private static boolean isKnown(Person person, Choice choice) {
        return KnownChoice.of(replica(person, choice)).stream()
                .anyMatch(known -> !known.isInferred() && known.isSame(reported(choice)));
    }

    /** Where nothing newer is known, the choice itself is gone: its event was deleted before it was settled. */
    private static boolean isOutdated(Person person, Choice choice) {
        @Nullable KnownChoice newest = KnownChoice.newest(KnownChoice.of(replica(person, choice)));
        return newest != null && newest.choice().compareTo(reported(choice)) > 0 && !newest.isSame(reported(choice));
    }

    private static Replica replica(Person person, Choice choice) {
        ConsentRecord record = person.record(choice.recordId());
        return choice.column() == null
                ? record.users().getOrDefault(choice.userId(), Replica.UNKNOWN)
                : record.column(choice.column());
    }

    private static ReportedChoice reported(Choice choice) {
        return new ReportedChoice(choice.value(), choice.decidedAt(), choice.rowVersion(), choice.delivery());
    }

    /** Those of these choices that a history does not have yet. */
    public static List<Choice> missingIn(List<HistoryEntry> history, List<Choice> late) {
        return late.stream()
                .filter(choice -> history.stream().noneMatch(entry -> isOf(entry, choice)))
                .toList();
    }

    private static boolean isOf(HistoryEntry entry, Choice choice) {
        @Nullable
        String replica =
                choice.column() == null ? choice.userId() : choice.column().logicalName();
        return entry.kind().isChoice()
                && choice.recordId().equals(entry.recordId())
                && (choice.column() == null) == (entry.side() == Side.DIDOMI)
                && Objects.equals(replica, entry.replica())
                && new KnownChoice(entry.choice(), null).isSame(reported(choice));
    }

    /**
     * The history after a dead letter of the person was given up; the same one if none is kept.
     *
     * @param by the user of the operating system who gave it up
     * @param reason in the words of that user
     */
    public HistoryTail discarded(HistoryTail tail, Side side, String delivery, String by, String reason) {
        if (!kept) {
            return tail;
        }
        HistoryEntry entry = new HistoryEntry(
                now(),
                HistoryKind.DISCARDED,
                null,
                side,
                null,
                null,
                null,
                null,
                Choice.UNKNOWN_VERSION,
                "operator " + by,
                delivery,
                null,
                null,
                reason);
        return tail.append(List.of(entry), Map.of());
    }

    /** The history after Didomi deleted the person. */
    public HistoryTail erased(HistoryTail tail, Instant deletedAt) {
        if (tail.head().at() == null) {
            return tail;
        }
        HistoryEntry entry = new HistoryEntry(
                now(),
                HistoryKind.ERASURE,
                null,
                Side.DIDOMI,
                null,
                null,
                deletedAt,
                null,
                Choice.UNKNOWN_VERSION,
                null,
                null,
                null,
                null,
                "the person was deleted in Didomi");
        HistoryTail erased = tail.append(List.of(entry), Map.of());
        return erased.withoutStanding();
    }
}
