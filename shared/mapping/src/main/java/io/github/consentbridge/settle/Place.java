package io.github.consentbridge.settle;

import io.github.consentbridge.mapping.ConsentValue;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What we know of one value in one place: a contact column, or one Didomi user.
 *
 * @param writing values on their way there, not yet confirmed (contact columns only: which Didomi user an event of ours
 *     reaches is Didomi's decision, so those are kept by the {@link Register})
 */
public record Place(
        @Nullable Told told,
        @Nullable Noticed noticed,
        @Nullable Seen seen,
        List<Writing> writing) {
    static final Place UNKNOWN = new Place(null, null, null, List.of());

    public Place {
        writing = List.copyOf(writing);
    }

    /** The newest choice made here, noticed ones at the latest time they can have. */
    @Nullable
    Told choice() {
        if (noticed == null) {
            return told;
        }
        return Told.newest(told, new Told(noticed.value(), noticed.at(), Choice.UNKNOWN_VERSION, Decision.UNSEEN));
    }

    Place withChoice(Choice choice) {
        Told newest = Told.newest(told, Told.of(choice));
        boolean explains = noticed != null && noticed.standsFor(choice.value(), choice.decidedAt());
        boolean outdated = noticed != null && newest.decidedAt().isAfter(noticed.at());
        @Nullable Noticed left = explains || outdated ? null : noticed;
        return newest.equals(told) && Objects.equals(left, noticed) ? this : new Place(newest, left, seen, writing);
    }

    /** Forgets a choice that its own side has taken back. */
    Place without(ConsentValue value, Instant decidedAt) {
        boolean same =
                told != null && told.value().equals(value) && told.decidedAt().equals(decidedAt);
        return same ? new Place(null, noticed, seen, writing) : this;
    }

    /** Another record has taken this place: what was seen on, or written to, the former one says nothing of it. */
    Place onAnotherRecord() {
        return seen == null && writing.isEmpty() ? this : new Place(told, noticed, null, List.of());
    }

    /** What this place is expected to show at a time, if nobody changed it behind our back. */
    @Nullable
    ConsentValue expectedAt(Instant at) {
        return toldSinceSeen(at) != null ? Objects.requireNonNull(told).value() : seen == null ? null : seen.value();
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
        return now.equals(seen) ? this : new Place(told, noticed, now, writing);
    }

    Place withNoticed(Noticed change) {
        return new Place(told, change, seen, writing);
    }

    Place withWriting(List<Writing> underWay) {
        return underWay.equals(writing) ? this : new Place(told, noticed, seen, underWay);
    }

    boolean isWriting(ConsentValue value) {
        return writing.stream().anyMatch(write -> write.value().equals(value));
    }
}
