package io.github.consentbridge.mapping.settle;

import io.github.consentbridge.mapping.consent.Choice;
import io.github.consentbridge.mapping.consent.ContactState;
import io.github.consentbridge.mapping.consent.CopiedValue;
import io.github.consentbridge.mapping.consent.DidomiState;
import io.github.consentbridge.mapping.consent.Observation;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.mapping.consent.Stamp;
import io.github.consentbridge.mapping.document.ConsentValue;
import io.github.consentbridge.mapping.settle.SettleInput.DidomiRead;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Infers choices from unreported changes (rule R2): compares what each replica shows with what is expected there. */
final class ChangeDetector {
    private final MappedRecord mapped;
    private final SettleInput input;
    private final Settler.SettleResult result;
    private final @Nullable ConsentValue winner;

    /** @param winner the value that wins by the reported choices: it explains a replica that shows it */
    ChangeDetector(MappedRecord mapped, SettleInput input, Settler.SettleResult result, @Nullable ConsentValue winner) {
        this.mapped = mapped;
        this.input = input;
        this.result = result;
        this.winner = winner;
    }

    ConsentRecord inDidomi(ConsentRecord reported) {
        if (!mapped.id().value().isConsent()) {
            return reported;
        }
        ConsentRecord observed = reported;
        boolean changed = false;
        for (DidomiState state : input.states()) {
            if (state.regulation().equals(mapped.id().regulation())) {
                changed |= isNew(reported, state);
                observed = withUser(observed, state);
            }
        }
        if (input.didomi() == DidomiRead.NOTHING) {
            return observed;
        }
        ConsentRecord left = observed.withRemainingUsers(userIds());
        // The ledger was loaded before Didomi was read, so a changed state includes our posted events. An unchanged
        // state may be a copy from before them.
        return changed ? left.withoutConfirmed() : left;
    }

    private static boolean isNew(ConsentRecord record, DidomiState state) {
        @Nullable ObservedValue known = record.user(state.userId()).observed();
        return known == null || !known.stamp().covers(state.stamp());
    }

    private Set<String> userIds() {
        return input.states().stream().map(DidomiState::userId).collect(Collectors.toSet());
    }

    private ConsentRecord withUser(ConsentRecord record, DidomiState state) {
        Replica replica = record.user(state.userId());
        @Nullable ObservedValue known = replica.observed();
        if (!isNew(record, state)) {
            return record;
        }
        Observation observed = state.value(mapped.id());
        if (isUnchangedSinceObserved(observed, state, known)) {
            return record.withUser(
                    state.userId(),
                    replica.withObserved(new ObservedValue(known.value(), state.stamp(), known.since())));
        }
        @Nullable ConsentValue value = observed.value();
        Instant at = state.stamp().at();
        // Only the person's events show whether an event of ours or the person created a new user.
        boolean ours = value != null && known != null && record.isExplainedBy(value, replica);
        boolean expected = value != null && replica.expectedAt(at).contains(value);
        @Nullable PendingEvent replacing = record.eventReplacingExpectation(replica);
        boolean unreported = value != null
                && observed.origin() != Observation.Origin.EXPLAINED
                && !ours
                && (!expected || replacing != null);
        // An event that may never have been posted, or that showed before, makes no value newer that was there before.
        boolean repeated = unreported || (ours && record.isNewlyExplainedBy(value, replica));
        Replica now = replica.withObserved(new ObservedValue(value, state.stamp(), since(known, value, at, repeated)));
        if (!unreported) {
            return record.withUser(state.userId(), now);
        }
        InferredChoice change = InferredChoice.unreported(value, Instant.EPOCH, state.stamp());
        // The expected value still explains this one if our event reached another of the person's users.
        InferredChoice uncertain = expected ? change.dependingOn(replacing.asPendingWrite()) : change;
        return record.withUser(state.userId(), inferred(now, Side.DIDOMI, by(state.userId()), uncertain));
    }

    /**
     * Whether the value was already there in a state that we know, so that only an event of ours can have changed it
     * since.
     */
    private static boolean isUnchangedSinceObserved(
            Observation observed, DidomiState state, @Nullable ObservedValue known) {
        return observed.origin() == Observation.Origin.UNCHANGED
                && known != null
                && state.previous() != null
                && known.stamp().covers(state.previous());
    }

    private static Instant since(
            @Nullable ObservedValue known, @Nullable ConsentValue value, Instant at, boolean repeated) {
        return known != null && !repeated && Objects.equals(known.value(), value) ? known.since() : at;
    }

    /** The replica with the inferred choice, unless a choice of this settle input reports the same change. */
    private Replica inferred(Replica now, Side side, Predicate<Choice> madeHere, InferredChoice change) {
        List<Choice> reports = Stream.concat(input.choices().stream(), input.events().stream())
                .filter(choice -> choice.recordId().equals(mapped.id()) && madeHere.test(choice))
                .filter(change::matches)
                .toList();
        if (!reports.isEmpty()) {
            return reports.stream()
                    .filter(choice -> !choice.latest())
                    .max(Comparator.comparing(Choice::decidedAt))
                    .map(choice -> now.shownBy(choice, change))
                    .orElse(now);
        }
        result.unreported.add(new Settlement.Unreported(mapped.id(), side, change));
        return now.withInferred(change);
    }

    private static Predicate<Choice> by(String userId) {
        return choice -> choice.userId() != null
                && (choice.userId().isEmpty() || choice.userId().equals(userId));
    }

    ConsentRecord inContact(ConsentRecord record) {
        @Nullable ContactState contact = input.contact();
        if (contact == null || contact.isPlanned() || !mapped.id().value().isConsent()) {
            return record;
        }
        ConsentRecord observed = record;
        for (MappedColumn column : mapped.columns()) {
            // A secured column without a profile reads as empty. What it shows once we may read it is no change.
            if (column.secured() && contact.value(column.column()) == null) {
                continue;
            }
            observed =
                    observed.withColumn(column.column(), withColumn(observed.column(column.column()), column, contact));
        }
        return observed;
    }

    private Replica withColumn(Replica before, MappedColumn column, ContactState contact) {
        Replica replica = withCopies(before, column, contact);
        @Nullable ObservedValue known = replica.observed();
        Stamp stamp = known == null ? contact.stamp() : contact.stamp().asFirstSeen(known.stamp());
        Instant at = stamp.at();
        List<ConsentValue> expected = expected(replica, column, contact, at);
        @Nullable ConsentValue explainedValue = explainedValue(replica, column, contact, expected);
        @Nullable
        ConsentValue value = explainedValue != null
                ? explainedValue
                : column.codec().decode(contact.value(column.column())).orElse(null);
        // On a contact that is new to the record, a column default cannot be distinguished from a decision.
        boolean unreported = value != null
                && known != null
                && (explainedValue == null || isExplainedByWinnerOnly(explainedValue, replica, expected));
        Replica now = replica.includingReportedIfShown(value, at)
                .withObserved(new ObservedValue(value, stamp, since(known, value, at, false)))
                .withPending(stillPending(replica.pending(), contact.etag()));
        if (unreported) {
            return inferred(now, column, InferredChoice.unreported(value, replica.unreportedAfter(at), stamp));
        }
        @Nullable
        PendingWrite uncertainWrite = value == null ? null : uncertainWriteBefore(replica, value, column, contact);
        return uncertainWrite == null
                ? now
                : inferredIfWritten(
                        now,
                        column,
                        InferredChoice.unreported(value, replica.unreportedAfter(at), stamp),
                        uncertainWrite);
    }

    /** Copies are states of the row before the one that was read, or that one. */
    private Replica withCopies(Replica before, MappedColumn column, ContactState contact) {
        Replica replica = before;
        for (CopiedValue copy : copies(column, contact)) {
            replica = replica.withCopied(copy.value(), copy.stamp());
        }
        return replica;
    }

    private List<CopiedValue> copies(MappedColumn column, ContactState contact) {
        return input.copied().stream()
                .filter(copy -> copy.recordId().equals(mapped.id())
                        && copy.column().equals(column.column())
                        && copy.contactId().equals(contact.contactId()))
                .toList();
    }

    /** What was expected, and what was copied in the second of the last observation: either may have come first. */
    private List<ConsentValue> expected(Replica replica, MappedColumn column, ContactState contact, Instant at) {
        List<ConsentValue> expected = new ArrayList<>(replica.expectedAt(at));
        @Nullable ObservedValue known = replica.observed();
        copies(column, contact).stream()
                .filter(copy -> known != null && copy.stamp().mayFollowWithinASecond(known.stamp()))
                .forEach(copy -> expected.add(copy.value()));
        return expected;
    }

    private Replica inferred(Replica now, MappedColumn column, InferredChoice change) {
        return inferred(
                now,
                Side.DYNAMICS,
                choice -> column.column().equals(choice.column()),
                change.replacing(now.inferred()));
    }

    /**
     * The column shows the value from before a write of ours whose result is unknown. If the write was applied,
     * somebody has changed the column back since. Until audit history decides, a refusal counts as a choice and
     * anything else does not: no refusal is undone and no consent is invented.
     */
    private Replica inferredIfWritten(
            Replica now, MappedColumn column, InferredChoice change, PendingWrite uncertainWrite) {
        InferredChoice uncertain = change.dependingOn(uncertainWrite);
        if (change.value().isRefusal()) {
            return inferred(now, column, uncertain);
        }
        result.undated.add(new Settlement.Undated(mapped.id(), column.column(), uncertain));
        return now;
    }

    /** A write of ours that may have been applied before the row reached its present state; null if there is none. */
    private @Nullable PendingWrite uncertainWriteBefore(
            Replica replica, ConsentValue value, MappedColumn column, ContactState contact) {
        boolean onlyObserved = replica.observed() != null
                && value.equals(replica.observed().value())
                && !replica.isNewlyReported(value)
                && !value.equals(winner);
        if (!onlyObserved) {
            return null;
        }
        return replica.pending().stream()
                .filter(write -> !write.condition().equals(contact.etag())
                        && !write.value().equals(value))
                .filter(write -> !input.hasFailed(mapped.id(), column.column(), write))
                .findFirst()
                .orElse(null);
    }

    /**
     * The expected, winning or pending value that the column shows; null if it shows none of them. Compared in the
     * column's terms, because a column may keep only a part of a value.
     */
    private @Nullable ConsentValue explainedValue(
            Replica replica, MappedColumn column, ContactState contact, List<ConsentValue> expected) {
        @Nullable Object present = contact.value(column.column());
        if (present == null) {
            return null;
        }
        List<@Nullable ConsentValue> candidates = new ArrayList<>();
        candidates.addAll(expected);
        candidates.add(winner);
        replica.pending().forEach(write -> candidates.add(write.value()));
        for (@Nullable ConsentValue candidate : candidates) {
            if (candidate != null && column.codec().shows(present, candidate)) {
                return candidate;
            }
        }
        return null;
    }

    /** Whether only the winner explains the value: then somebody chose the same value there, perhaps later. */
    private static boolean isExplainedByWinnerOnly(ConsentValue value, Replica replica, List<ConsentValue> expected) {
        return !expected.contains(value)
                && replica.pending().stream().noneMatch(write -> write.value().equals(value));
    }

    private static List<PendingWrite> stillPending(List<PendingWrite> pending, String etag) {
        return pending.stream().filter(write -> write.condition().equals(etag)).toList();
    }
}
