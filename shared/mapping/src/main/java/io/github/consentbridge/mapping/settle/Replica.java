package io.github.consentbridge.mapping.settle;

import io.github.consentbridge.mapping.consent.Choice;
import io.github.consentbridge.mapping.document.ConsentValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What we know of one value in one place: a contact column, or one Didomi user.
 *
 * @param spent whether the record that we last read, or wrote on, already contained {@code reported}: then {@code reported}
 *     explains nothing that shows later. A second refusal by staff is not the first one
 * @param pending values on their way there, not yet confirmed (contact columns only: which Didomi user an event of ours
 *     reaches is Didomi's decision, so those are kept by the {@link ConsentRecord})
 */
public record Replica(
        @Nullable ReportedChoice reported,
        boolean spent,
        @Nullable InferredChoice inferred,
        @Nullable ObservedValue observed,
        List<PendingWrite> pending) {
    static final Replica UNKNOWN = new Replica(null, false, null, null, List.of());

    public Replica {
        pending = List.copyOf(pending);
    }

    /** The newest choice made here, noticed ones at the latest time they can have. */
    @Nullable
    ReportedChoice choice() {
        if (inferred == null) {
            return reported;
        }
        return ReportedChoice.newest(reported, inferred.atLatest());
    }

    Replica withChoice(Choice choice) {
        return choice.latest() ? withUndated(InferredChoice.of(choice)) : withDated(choice);
    }

    /** Remembers it unless what was told has it already, or comes after it anyway. */
    private Replica withUndated(InferredChoice choice) {
        boolean known = reported != null
                && (choice.standsFor(reported.value(), reported.decidedAt())
                        || reported.decidedAt().isAfter(choice.at()));
        boolean outdated = inferred != null && inferred.atLatest().compareTo(choice.atLatest()) >= 0;
        return known || outdated ? this : withInferred(choice);
    }

    private Replica withDated(Choice choice) {
        ReportedChoice newest = ReportedChoice.newest(reported, ReportedChoice.of(choice));
        if (reported != null && reported.isSameChoice(choice)) {
            // Known already when the change was noticed, so it does not explain that.
            return newest.equals(reported) ? this : new Replica(newest, spent, inferred, observed, pending);
        }
        boolean explains = inferred != null && inferred.standsFor(choice.value(), choice.decidedAt());
        boolean outdated = inferred != null && newest.decidedAt().isAfter(inferred.at());
        @Nullable InferredChoice left = explains || outdated ? null : inferred;
        boolean stillSpent = spent && newest.equals(reported);
        return newest.equals(reported) && Objects.equals(left, inferred)
                ? this
                : new Replica(newest, stillSpent, left, observed, pending);
    }

    /** Forgets a choice that its own side has taken back. */
    Replica without(ConsentValue value, Instant decidedAt) {
        boolean same = reported != null
                && reported.value().equals(value)
                && reported.decidedAt().equals(decidedAt);
        return same ? new Replica(null, false, inferred, observed, pending) : this;
    }

    /** Another record has taken this place: what was seen on, or written to, the former one says nothing of it. */
    Replica onAnotherRecord() {
        return observed == null && pending.isEmpty() ? this : new Replica(reported, spent, inferred, null, List.of());
    }

    /**
     * What this place may show at a time, if nobody changed it behind our back. Two values where a choice has the time at
     * which we looked: Dynamics tells whole seconds, so that either may have come first.
     */
    List<ConsentValue> expectedAt(Instant at) {
        List<ConsentValue> expected = new ArrayList<>(2);
        boolean sinceThen = reported != null
                && !spent
                && !reported.decidedAt().isAfter(at)
                && (observed == null
                        || !reported.decidedAt().isBefore(observed.stamp().at()));
        if (sinceThen) {
            expected.add(reported.value());
        }
        if (observed != null && observed.value() != null && toldSinceSeen(at) == null) {
            expected.add(observed.value());
        }
        return expected;
    }

    /** When what was last seen here was decided or came to be shown; that it was chosen once more counts too. */
    Instant shownSince() {
        ObservedValue shown = Objects.requireNonNull(observed);
        boolean affirmed = reported != null
                && reported.value().equals(shown.value())
                && reported.decidedAt().isAfter(shown.since())
                && !reported.decidedAt().isAfter(shown.stamp().at());
        return affirmed ? reported.decidedAt() : shown.since();
    }

    /** From when on a change that we did not see can have been made, if the place changed before the given time. */
    Instant unreportedAfter(Instant at) {
        @Nullable ReportedChoice newer = toldSinceSeen(at);
        return newer != null
                ? newer.decidedAt()
                : observed == null ? Instant.EPOCH : observed.stamp().at();
    }

    private @Nullable ReportedChoice toldSinceSeen(Instant at) {
        boolean sinceSeen = reported != null
                && (observed == null
                        || reported.decidedAt().isAfter(observed.stamp().at()));
        return sinceSeen && !reported.decidedAt().isAfter(at) ? reported : null;
    }

    Replica withObserved(ObservedValue now) {
        return now.equals(observed) ? this : new Replica(reported, spent, inferred, now, pending);
    }

    Replica withInferred(@Nullable InferredChoice change) {
        return new Replica(reported, spent, change, observed, pending);
    }

    /** Whether this value was told of a choice that no look at the record has included yet. */
    boolean isAwaited(ConsentValue value) {
        return reported != null
                && !spent
                && reported.value().equals(value)
                && (observed == null
                        || !reported.decidedAt().isBefore(observed.stamp().at()));
    }

    /** A record that shows the value that was told, not before it was decided, contains it. */
    Replica shown(@Nullable ConsentValue value, Instant rowTime) {
        return reported != null && reported.value().equals(value) ? writtenOver(rowTime) : this;
    }

    /** A record with this time, on which we are about to write, contains all that was told up to it. */
    Replica writtenOver(Instant rowTime) {
        boolean contained = reported != null && !reported.decidedAt().isAfter(rowTime);
        return contained && !spent ? new Replica(reported, true, inferred, observed, pending) : this;
    }

    Replica withPending(List<PendingWrite> underWay) {
        return underWay.equals(pending) ? this : new Replica(reported, spent, inferred, observed, underWay);
    }

    /** Remembers one more attempt to write it. */
    Replica claimed(PendingWrite write) {
        List<PendingWrite> all = new ArrayList<>(pending);
        for (int index = 0; index < all.size(); index++) {
            if (all.get(index).isSame(write)) {
                all.set(index, all.get(index).claimedOnceMore());
                return withPending(all);
            }
        }
        all.add(write);
        return withPending(all);
    }

    /** One attempt to write it is known not to have landed, and a change that supposed that it did may not have been. */
    Replica missed(PendingWrite write) {
        List<PendingWrite> left = new ArrayList<>();
        for (PendingWrite other : pending) {
            @Nullable PendingWrite after = other.isSame(write) ? other.missedOnce() : other;
            if (after != null) {
                left.add(after);
            }
        }
        Replica replica = withPending(left);
        if (inferred == null || !inferred.isOpenBy(write)) {
            return replica;
        }
        @Nullable PendingWrite open = Objects.requireNonNull(inferred.open()).missedOnce();
        return replica.withInferred(open == null ? null : inferred.onlyAfter(open));
    }

    /** It landed, so that no other attempt on the same condition can. */
    Replica landed(PendingWrite write) {
        return withPending(pending.stream()
                .filter(other -> !other.condition().equals(write.condition()))
                .toList());
    }

    boolean isClaimed(PendingWrite write) {
        return pending.stream().anyMatch(write::isSame);
    }
}
