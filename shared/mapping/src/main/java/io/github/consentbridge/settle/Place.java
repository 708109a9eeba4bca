package io.github.consentbridge.settle;

import io.github.consentbridge.mapping.ConsentValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What we know of one value in one place: a contact column, or one Didomi user.
 *
 * @param spent whether the record that we last read, or wrote on, already contained {@code told}: then {@code told}
 *     explains nothing that shows later. A second refusal by staff is not the first one
 * @param writing values on their way there, not yet confirmed (contact columns only: which Didomi user an event of ours
 *     reaches is Didomi's decision, so those are kept by the {@link Register})
 */
public record Place(
        @Nullable Told told,
        boolean spent,
        @Nullable Noticed noticed,
        @Nullable Seen seen,
        List<Writing> writing) {
    static final Place UNKNOWN = new Place(null, false, null, null, List.of());

    public Place {
        writing = List.copyOf(writing);
    }

    /** The newest choice made here, noticed ones at the latest time they can have. */
    @Nullable
    Told choice() {
        if (noticed == null) {
            return told;
        }
        return Told.newest(told, noticed.atLatest());
    }

    Place withChoice(Choice choice) {
        return choice.latest() ? withUndated(Noticed.of(choice)) : withDated(choice);
    }

    /** Remembers it unless what was told has it already, or comes after it anyway. */
    private Place withUndated(Noticed choice) {
        boolean known = told != null
                && (choice.standsFor(told.value(), told.decidedAt())
                        || told.decidedAt().isAfter(choice.at()));
        boolean outdated = noticed != null && noticed.atLatest().compareTo(choice.atLatest()) >= 0;
        return known || outdated ? this : withNoticed(choice);
    }

    private Place withDated(Choice choice) {
        Told newest = Told.newest(told, Told.of(choice));
        if (told != null && told.isSameChoice(choice)) {
            // Known already when the change was noticed, so it does not explain that.
            return newest.equals(told) ? this : new Place(newest, spent, noticed, seen, writing);
        }
        boolean explains = noticed != null && noticed.standsFor(choice.value(), choice.decidedAt());
        boolean outdated = noticed != null && newest.decidedAt().isAfter(noticed.at());
        @Nullable Noticed left = explains || outdated ? null : noticed;
        boolean stillSpent = spent && newest.equals(told);
        return newest.equals(told) && Objects.equals(left, noticed)
                ? this
                : new Place(newest, stillSpent, left, seen, writing);
    }

    /** Forgets a choice that its own side has taken back. */
    Place without(ConsentValue value, Instant decidedAt) {
        boolean same =
                told != null && told.value().equals(value) && told.decidedAt().equals(decidedAt);
        return same ? new Place(null, false, noticed, seen, writing) : this;
    }

    /** Another record has taken this place: what was seen on, or written to, the former one says nothing of it. */
    Place onAnotherRecord() {
        return seen == null && writing.isEmpty() ? this : new Place(told, spent, noticed, null, List.of());
    }

    /**
     * What this place may show at a time, if nobody changed it behind our back. Two values where a choice has the time at
     * which we looked: Dynamics tells whole seconds, so that either may have come first.
     */
    List<ConsentValue> expectedAt(Instant at) {
        List<ConsentValue> expected = new ArrayList<>(2);
        boolean sinceThen = told != null
                && !spent
                && !told.decidedAt().isAfter(at)
                && (seen == null || !told.decidedAt().isBefore(seen.stamp().at()));
        if (sinceThen) {
            expected.add(told.value());
        }
        if (seen != null && seen.value() != null && toldSinceSeen(at) == null) {
            expected.add(seen.value());
        }
        return expected;
    }

    /** When what was last seen here was decided or came to be shown; that it was chosen once more counts too. */
    Instant shownSince() {
        Seen shown = Objects.requireNonNull(seen);
        boolean affirmed = told != null
                && told.value().equals(shown.value())
                && told.decidedAt().isAfter(shown.since())
                && !told.decidedAt().isAfter(shown.stamp().at());
        return affirmed ? told.decidedAt() : shown.since();
    }

    /** From when on a change that we did not see can have been made, if the place changed before the given time. */
    Instant unseenAfter(Instant at) {
        @Nullable Told newer = toldSinceSeen(at);
        return newer != null
                ? newer.decidedAt()
                : seen == null ? Instant.EPOCH : seen.stamp().at();
    }

    private @Nullable Told toldSinceSeen(Instant at) {
        boolean sinceSeen = told != null
                && (seen == null || told.decidedAt().isAfter(seen.stamp().at()));
        return sinceSeen && !told.decidedAt().isAfter(at) ? told : null;
    }

    Place withSeen(Seen now) {
        return now.equals(seen) ? this : new Place(told, spent, noticed, now, writing);
    }

    Place withNoticed(@Nullable Noticed change) {
        return new Place(told, spent, change, seen, writing);
    }

    /** Whether this value was told of a choice that no look at the record has included yet. */
    boolean isAwaited(ConsentValue value) {
        return told != null
                && !spent
                && told.value().equals(value)
                && (seen == null || !told.decidedAt().isBefore(seen.stamp().at()));
    }

    /** A record that shows the value that was told, not before it was decided, contains it. */
    Place shown(@Nullable ConsentValue value, Instant rowTime) {
        return told != null && told.value().equals(value) ? writtenOver(rowTime) : this;
    }

    /** A record with this time, on which we are about to write, contains all that was told up to it. */
    Place writtenOver(Instant rowTime) {
        boolean contained = told != null && !told.decidedAt().isAfter(rowTime);
        return contained && !spent ? new Place(told, true, noticed, seen, writing) : this;
    }

    Place withWriting(List<Writing> underWay) {
        return underWay.equals(writing) ? this : new Place(told, spent, noticed, seen, underWay);
    }

    /** Remembers one more attempt to write it. */
    Place claimed(Writing write) {
        List<Writing> all = new ArrayList<>(writing);
        for (int index = 0; index < all.size(); index++) {
            if (all.get(index).isSame(write)) {
                all.set(index, all.get(index).claimedOnceMore());
                return withWriting(all);
            }
        }
        all.add(write);
        return withWriting(all);
    }

    /** One attempt to write it is known not to have landed, and a change that supposed that it did may not have been. */
    Place missed(Writing write) {
        List<Writing> left = new ArrayList<>();
        for (Writing other : writing) {
            @Nullable Writing after = other.isSame(write) ? other.missedOnce() : other;
            if (after != null) {
                left.add(after);
            }
        }
        Place place = withWriting(left);
        if (noticed == null || !noticed.isOpenBy(write)) {
            return place;
        }
        @Nullable Writing open = Objects.requireNonNull(noticed.open()).missedOnce();
        return place.withNoticed(open == null ? null : noticed.onlyAfter(open));
    }

    /** It landed, so that no other attempt on the same condition can. */
    Place landed(Writing write) {
        return withWriting(writing.stream()
                .filter(other -> !other.condition().equals(write.condition()))
                .toList());
    }

    boolean isClaimed(Writing write) {
        return writing.stream().anyMatch(write::isSame);
    }
}
