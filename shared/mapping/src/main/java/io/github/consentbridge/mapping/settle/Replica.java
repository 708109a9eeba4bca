package io.github.consentbridge.mapping.settle;

import io.github.consentbridge.mapping.consent.Choice;
import io.github.consentbridge.mapping.document.ConsentValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What we know of one value in a contact column, or of one Didomi user.
 *
 * @param reportedIncluded whether the row that we last read or wrote already included {@code reported}. If so, {@code
 *     reported} explains no later value: a second refusal by staff is not the first one
 * @param pending pending writes to the contact column. Didomi decides which user an event reaches, so {@link
 *     ConsentRecord} keeps pending events
 */
public record Replica(
        @Nullable ReportedChoice reported,
        boolean reportedIncluded,
        @Nullable InferredChoice inferred,
        @Nullable ObservedValue observed,
        List<PendingWrite> pending) {
    static final Replica UNKNOWN = new Replica(null, false, null, null, List.of());

    public Replica {
        pending = List.copyOf(pending);
    }

    /** The newest choice made here, an inferred one dated at its latest time; null if there is none. */
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

    /** Keeps it unless a reported choice is the same one or a later one. */
    private Replica withUndated(InferredChoice choice) {
        boolean known = reported != null
                && (choice.matches(reported.value(), reported.decidedAt())
                        || reported.decidedAt().isAfter(choice.at()));
        boolean outdated = inferred != null && inferred.atLatest().compareTo(choice.atLatest()) >= 0;
        return known || outdated ? this : withInferred(choice);
    }

    private Replica withDated(Choice choice) {
        ReportedChoice newest = ReportedChoice.newest(reported, ReportedChoice.of(choice));
        if (reported != null && reported.isSameChoice(choice)) {
            // It was known when the change was inferred, so it does not explain the change.
            return newest.equals(reported) ? this : new Replica(newest, reportedIncluded, inferred, observed, pending);
        }
        boolean explains = inferred != null && inferred.matches(choice.value(), choice.decidedAt());
        boolean outdated = inferred != null && newest.decidedAt().isAfter(inferred.at());
        @Nullable InferredChoice left = explains || outdated ? null : inferred;
        boolean stillIncluded = reportedIncluded && newest.equals(reported);
        return newest.equals(reported) && Objects.equals(left, inferred)
                ? this
                : new Replica(newest, stillIncluded, left, observed, pending);
    }

    /** Drops a reported choice that its own side has deleted. */
    Replica without(ConsentValue value, Instant decidedAt) {
        boolean same = reported != null
                && reported.value().equals(value)
                && reported.decidedAt().equals(decidedAt);
        return same ? new Replica(null, false, inferred, observed, pending) : this;
    }

    /**
     * The contact was replaced or the Didomi user is gone: what was observed on it or written to it no longer applies.
     */
    Replica withoutObservation() {
        return observed == null && pending.isEmpty()
                ? this
                : new Replica(reported, reportedIncluded, inferred, null, List.of());
    }

    /** What was observed was not the value, which is hidden from us. */
    Replica hidden() {
        return observed == null ? this : new Replica(reported, reportedIncluded, inferred, null, pending);
    }

    /**
     * The values that explain what this replica shows at a time (rule R2). There are two if a choice has the same time
     * as the last observation: Dynamics keeps whole seconds, so either may have come first.
     */
    List<ConsentValue> expectedAt(Instant at) {
        List<ConsentValue> expected = new ArrayList<>(2);
        boolean sinceObserved = reported != null
                && !reportedIncluded
                && !reported.decidedAt().isAfter(at)
                && (observed == null
                        || !reported.decidedAt().isBefore(observed.stamp().at()));
        if (sinceObserved) {
            expected.add(reported.value());
        }
        if (observed != null && observed.value() != null && reportedSinceObserved(at) == null) {
            expected.add(observed.value());
        }
        return expected;
    }

    /** The time of the last change or repeated choice of the observed value. */
    Instant shownSince() {
        ObservedValue shown = Objects.requireNonNull(observed);
        boolean affirmed = reported != null
                && reported.value().equals(shown.value())
                && reported.decidedAt().isAfter(shown.since())
                && !reported.decidedAt().isAfter(shown.stamp().at());
        return affirmed ? reported.decidedAt() : shown.since();
    }

    /** The earliest time of an unreported change that shows at the given time. */
    Instant unreportedAfter(Instant at) {
        @Nullable ReportedChoice newer = reportedSinceObserved(at);
        return newer != null
                ? newer.decidedAt()
                : observed == null ? Instant.EPOCH : observed.stamp().at();
    }

    private @Nullable ReportedChoice reportedSinceObserved(Instant at) {
        boolean sinceObserved = reported != null
                && (observed == null
                        || reported.decidedAt().isAfter(observed.stamp().at()));
        return sinceObserved && !reported.decidedAt().isAfter(at) ? reported : null;
    }

    Replica withObserved(ObservedValue now) {
        return now.equals(observed) ? this : new Replica(reported, reportedIncluded, inferred, now, pending);
    }

    Replica withInferred(@Nullable InferredChoice change) {
        return new Replica(reported, reportedIncluded, change, observed, pending);
    }

    /** Whether the reported choice has this value and no row that we have read includes it yet. */
    boolean isNewlyReported(ConsentValue value) {
        return reported != null
                && !reportedIncluded
                && reported.value().equals(value)
                && (observed == null
                        || !reported.decidedAt().isBefore(observed.stamp().at()));
    }

    /** A row that shows the reported value, and is not older than the report, includes it. */
    Replica includingReportedIfShown(@Nullable ConsentValue value, Instant rowTime) {
        return reported != null && reported.value().equals(value) ? includingReported(rowTime) : this;
    }

    /** A row with this time, which we are about to write, includes a choice reported up to that time. */
    Replica includingReported(Instant rowTime) {
        boolean contained = reported != null && !reported.decidedAt().isAfter(rowTime);
        return contained && !reportedIncluded ? new Replica(reported, true, inferred, observed, pending) : this;
    }

    Replica withPending(List<PendingWrite> writes) {
        return writes.equals(pending) ? this : new Replica(reported, reportedIncluded, inferred, observed, writes);
    }

    /** Records one more attempt of this write. */
    Replica withAttempt(PendingWrite write) {
        List<PendingWrite> all = new ArrayList<>(pending);
        for (int index = 0; index < all.size(); index++) {
            if (all.get(index).isSame(write)) {
                all.set(index, all.get(index).withOneMoreAttempt());
                return withPending(all);
            }
        }
        all.add(write);
        return withPending(all);
    }

    /** One attempt is known to have failed. An inferred choice that depended on it is dropped with the last attempt. */
    Replica withoutAttempt(PendingWrite write) {
        List<PendingWrite> left = new ArrayList<>();
        for (PendingWrite other : pending) {
            @Nullable PendingWrite after = other.isSame(write) ? other.withOneAttemptLess() : other;
            if (after != null) {
                left.add(after);
            }
        }
        Replica replica = withPending(left);
        if (inferred == null || !inferred.dependsOn(write)) {
            return replica;
        }
        @Nullable
        PendingWrite remaining =
                Objects.requireNonNull(inferred.uncertainWrite()).withOneAttemptLess();
        return replica.withInferred(remaining == null ? null : inferred.dependingOn(remaining));
    }

    /** The write was applied, so no other attempt on the same condition can succeed. */
    Replica withConfirmed(PendingWrite write) {
        return withPending(pending.stream()
                .filter(other -> !other.condition().equals(write.condition()))
                .toList());
    }

    boolean isPending(PendingWrite write) {
        return pending.stream().anyMatch(write::isSame);
    }
}
