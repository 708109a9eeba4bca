package io.github.consentbridge.mapping.settle;

import io.github.consentbridge.mapping.consent.Choice;
import io.github.consentbridge.mapping.consent.ContactState;
import io.github.consentbridge.mapping.consent.DidomiState;
import io.github.consentbridge.mapping.consent.Observation;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.mapping.document.ConsentValue;
import io.github.consentbridge.mapping.settle.SettleInput.DidomiRead;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Looks at what the sides show and notices what was changed there without anybody telling us. */
final class ChangeDetector {
    private final MappedRecord mapped;
    private final SettleInput input;
    private final Settler.SettleResult result;
    private final @Nullable ConsentValue standing;

    /** @param standing what stands by all that was told: nobody need have changed a place that shows it */
    ChangeDetector(
            MappedRecord mapped, SettleInput input, Settler.SettleResult result, @Nullable ConsentValue standing) {
        this.mapped = mapped;
        this.input = input;
        this.result = result;
        this.standing = standing;
    }

    ConsentRecord inDidomi(ConsentRecord reported) {
        if (!mapped.id().value().isConsent()) {
            return reported;
        }
        ConsentRecord observed = reported;
        boolean moved = false;
        for (DidomiState state : input.states()) {
            if (state.regulation().equals(mapped.id().regulation())) {
                moved |= isNew(reported, state);
                observed = withUser(observed, state);
            }
        }
        if (input.didomi() == DidomiRead.NOTHING) {
            return observed;
        }
        ConsentRecord left = observed.withUsersLeft(usersInHand());
        // The ledger was loaded before Didomi was read, so a state that has moved includes what we had posted. One that
        // has not moved may be a copy from before it.
        return moved ? left.withLandedRead() : left;
    }

    private static boolean isNew(ConsentRecord record, DidomiState state) {
        @Nullable ObservedValue known = record.user(state.userId()).observed();
        return known == null || !known.stamp().covers(state.stamp());
    }

    private Set<String> usersInHand() {
        return input.states().stream().map(DidomiState::userId).collect(Collectors.toSet());
    }

    private ConsentRecord withUser(ConsentRecord record, DidomiState state) {
        Replica replica = record.user(state.userId());
        @Nullable ObservedValue known = replica.observed();
        if (!isNew(record, state)) {
            return record;
        }
        Observation observed = state.value(mapped.id());
        if (isOldNews(observed, state, known)) {
            return record.withUser(
                    state.userId(),
                    replica.withObserved(new ObservedValue(known.value(), state.stamp(), known.since())));
        }
        @Nullable ConsentValue value = observed.value();
        Instant at = state.stamp().at();
        // Whether an event of ours brought a new user forth, or the person did, only their events tell.
        boolean ours = value != null && known != null && record.isExplainedBy(value, replica);
        boolean expected = value != null && replica.expectedAt(at).contains(value);
        @Nullable PendingEvent replacing = record.replacing(replica);
        boolean unreported = value != null
                && observed.origin() != Observation.Origin.EXPLAINED
                && !ours
                && (!expected || replacing != null);
        Replica now = replica.withObserved(
                new ObservedValue(value, state.stamp(), since(known, value, at, ours || unreported)));
        if (!unreported) {
            return record.withUser(state.userId(), now);
        }
        InferredChoice change = InferredChoice.unreported(value, Instant.EPOCH, at);
        // What was expected stands if the event reached another user of the person: their events tell.
        InferredChoice perhaps = expected ? change.onlyAfter(replacing.asPendingWrite()) : change;
        return record.withUser(state.userId(), inferred(now, Side.DIDOMI, by(state.userId()), perhaps));
    }

    /** The value stood already in a state that we know, perhaps with an event of ours on top of it since. */
    private static boolean isOldNews(Observation observed, DidomiState state, @Nullable ObservedValue known) {
        return observed.origin() == Observation.Origin.UNCHANGED
                && known != null
                && state.previous() != null
                && known.stamp().covers(state.previous());
    }

    private static Instant since(
            @Nullable ObservedValue known, @Nullable ConsentValue value, Instant at, boolean anew) {
        return known != null && !anew && Objects.equals(known.value(), value) ? known.since() : at;
    }

    /** The place with an unseen change, unless a choice in hand is the one that it would stand for. */
    private Replica inferred(Replica now, Side side, Predicate<Choice> madeHere, InferredChoice change) {
        boolean reported = input.choices().stream()
                .filter(choice -> choice.recordId().equals(mapped.id()) && madeHere.test(choice))
                .anyMatch(choice -> change.standsFor(choice.value(), choice.decidedAt()));
        if (reported) {
            return now;
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
            observed =
                    observed.withColumn(column.column(), withColumn(observed.column(column.column()), column, contact));
        }
        return observed;
    }

    private Replica withColumn(Replica replica, MappedColumn column, ContactState contact) {
        Instant at = contact.stamp().at();
        @Nullable ObservedValue known = replica.observed();
        @Nullable ConsentValue familiar = familiar(replica, column, contact);
        @Nullable
        ConsentValue value = familiar != null
                ? familiar
                : column.codec().decode(contact.value(column.column())).orElse(null);
        // On a contact seen for the first time a column's default cannot be told from a decision.
        boolean unreported = value != null && known != null && (familiar == null || isByChance(familiar, replica, at));
        Replica now = replica.shown(value, at)
                .withObserved(new ObservedValue(value, contact.stamp(), since(known, value, at, false)))
                .withPending(stillPossible(replica.pending(), contact.etag()));
        if (unreported) {
            return inferred(now, column, InferredChoice.unreported(value, replica.unreportedAfter(at), at));
        }
        @Nullable PendingWrite open = value == null ? null : openBefore(replica, value, column, contact);
        return open == null
                ? now
                : perhapsInferred(now, column, InferredChoice.unreported(value, replica.unreportedAfter(at), at), open);
    }

    private Replica inferred(Replica now, MappedColumn column, InferredChoice change) {
        return inferred(now, Side.DYNAMICS, choice -> column.column().equals(choice.column()), change);
    }

    /**
     * The column shows what it showed before a write of ours of which we do not know whether it landed. If it did,
     * somebody has changed the column back since. As long as nothing tells, a refusal counts as a choice and anything else
     * does not: no refusal is undone and no consent is invented.
     */
    private Replica perhapsInferred(Replica now, MappedColumn column, InferredChoice change, PendingWrite open) {
        InferredChoice perhaps = change.onlyAfter(open);
        if (change.isRefusal()) {
            return inferred(now, column, perhaps);
        }
        result.undated.add(new Settlement.Undated(mapped.id(), column.column(), perhaps));
        return now;
    }

    /** A write of ours that may have landed before the row came to be as it is; null if there is none. */
    private @Nullable PendingWrite openBefore(
            Replica replica, ConsentValue value, MappedColumn column, ContactState contact) {
        boolean onlySeen = replica.observed() != null
                && value.equals(replica.observed().value())
                && !replica.isAwaited(value)
                && !value.equals(standing);
        if (!onlySeen) {
            return null;
        }
        return replica.pending().stream()
                .filter(write -> !write.condition().equals(contact.etag())
                        && !write.value().equals(value))
                .filter(write -> !input.hasMissed(mapped.id(), column.column(), write))
                .findFirst()
                .orElse(null);
    }

    /**
     * The value that the column was expected to show, that stands, or that we are writing, if it shows one of them.
     * Compared in the column's terms: what a column keeps of a value need not tell all of it.
     */
    private @Nullable ConsentValue familiar(Replica replica, MappedColumn column, ContactState contact) {
        @Nullable Object present = contact.value(column.column());
        if (present == null) {
            return null;
        }
        List<@Nullable ConsentValue> candidates = new ArrayList<>();
        candidates.addAll(replica.expectedAt(contact.stamp().at()));
        candidates.add(standing);
        replica.pending().forEach(write -> candidates.add(write.value()));
        for (@Nullable ConsentValue candidate : candidates) {
            if (candidate != null && column.codec().shows(present, candidate)) {
                return candidate;
            }
        }
        return null;
    }

    /** Whether only what stands explains the value: then somebody has chosen the same, and may have done so later. */
    private static boolean isByChance(ConsentValue value, Replica replica, Instant at) {
        return !replica.expectedAt(at).contains(value)
                && replica.pending().stream().noneMatch(write -> write.value().equals(value));
    }

    private static List<PendingWrite> stillPossible(List<PendingWrite> pending, String etag) {
        return pending.stream().filter(write -> write.condition().equals(etag)).toList();
    }
}
