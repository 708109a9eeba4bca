package io.github.consentbridge.mapping.settle;

import io.github.consentbridge.mapping.consent.Choice;
import io.github.consentbridge.mapping.consent.Stamp;
import io.github.consentbridge.mapping.document.ConsentValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What we know of one value in a contact column, or of one Didomi user.
 *
 * @param dated the newest reported choice of those with a possible date
 * @param futureDated reported choices that their system dated in the future, oldest first
 * @param reportedIncluded whether the row that we last read or wrote already included {@code reported}. If so, {@code
 *     reported} explains no later value: a second refusal by staff is not the first one
 * @param pending pending writes to the contact column. Didomi decides which user an event reaches, so {@link
 *     ConsentRecord} keeps pending events
 */
public record Replica(
        @Nullable ReportedChoice dated,
        List<FutureDatedChoice> futureDated,
        boolean reportedIncluded,
        @Nullable InferredChoice inferred,
        @Nullable ObservedValue observed,
        List<PendingWrite> pending) {
    /** Nothing is known. */
    public static final Replica UNKNOWN = new Replica(null, List.of(), false, null, null, List.of());

    public Replica {
        futureDated = List.copyOf(futureDated);
        pending = List.copyOf(pending);
    }

    /** The newest choice made here that was reported; null if there is none. */
    public @Nullable ReportedChoice reported() {
        @Nullable ReportedChoice future = FutureDatedChoice.newest(futureDated);
        return future == null ? dated : ReportedChoice.newest(dated, future);
    }

    /** The newest choice made here, an inferred one dated at its latest time; null if there is none. */
    @Nullable
    ReportedChoice choice() {
        return inferred == null ? reported() : ReportedChoice.newest(reported(), inferred.atLatest());
    }

    Replica withChoice(Choice choice) {
        Choice first = inferred == null ? choice : inferred.datedAtTheLatest(choice);
        if (first.latest()) {
            return withUndated(InferredChoice.of(first));
        }
        boolean future = first.isFutureDated() || futureDated.stream().anyMatch(known -> known.isSame(first));
        return future ? withFutureDated(first) : withDated(first);
    }

    /** Keeps it unless a reported choice is the same one or a later one. */
    private Replica withUndated(InferredChoice choice) {
        @Nullable ReportedChoice reported = reported();
        boolean known = reported != null
                && (choice.matches(reported.value(), reported.decidedAt())
                        || reported.decidedAt().isAfter(choice.at()));
        boolean outdated = inferred != null && inferred.atLatest().compareTo(choice.atLatest()) >= 0;
        return known || outdated ? this : withInferred(choice);
    }

    private Replica withDated(Choice choice) {
        ReportedChoice newest = ReportedChoice.newest(dated, ReportedChoice.of(choice));
        if (dated != null && dated.isSameChoice(choice)) {
            // It was known when the change was inferred, so it does not explain the change.
            return newest.equals(dated)
                    ? this
                    : new Replica(newest, futureDated, reportedIncluded, inferred, observed, pending);
        }
        List<FutureDatedChoice> left = FutureDatedChoice.after(futureDated, newest.decidedAt());
        return withReported(newest, left, inferredUnless(choice, newest));
    }

    private Replica withFutureDated(Choice choice) {
        List<FutureDatedChoice> all = FutureDatedChoice.with(futureDated, FutureDatedChoice.of(choice));
        boolean overtaken = dated != null && dated.decidedAt().isAfter(choice.claimedAt());
        // Once its date has come, a report of it looks like any other.
        boolean same = dated != null
                && dated.value().equals(choice.value())
                && dated.decidedAt().equals(choice.claimedAt());
        @Nullable InferredChoice left = inferredUnless(choice, ReportedChoice.of(choice));
        return withReported(same ? null : dated, overtaken ? futureDated : all, left);
    }

    /** The inferred choice, unless this one explains it or the newest one is later. */
    private @Nullable InferredChoice inferredUnless(Choice choice, ReportedChoice newest) {
        boolean obsolete = inferred != null
                && (inferred.matches(choice) || newest.decidedAt().isAfter(inferred.at()));
        return obsolete ? null : inferred;
    }

    private Replica withReported(
            @Nullable ReportedChoice newDated, List<FutureDatedChoice> future, @Nullable InferredChoice left) {
        Replica changed = new Replica(newDated, future, reportedIncluded, left, observed, pending);
        if (changed.equals(this)) {
            return this;
        }
        boolean same = Objects.equals(changed.reported(), reported());
        return same ? changed : new Replica(newDated, future, false, left, observed, pending);
    }

    /** Keeps only those of the reported choices, and the inferred one, that its own side still has. */
    Replica keeping(
            Predicate<ReportedChoice> dates,
            Predicate<FutureDatedChoice> futures,
            Predicate<InferredChoice> inferences) {
        return withReported(
                dated != null && dates.test(dated) ? dated : null,
                futureDated.stream().filter(futures).toList(),
                inferred != null && inferences.test(inferred) ? inferred : null);
    }

    /** The latest date of its choices as their own system gives it; the epoch if there is none. */
    Instant lastClaim() {
        @Nullable ReportedChoice choice = choice();
        Instant last = choice == null ? Instant.EPOCH : choice.decidedAt();
        for (FutureDatedChoice future : futureDated) {
            last = future.claimedAt().isAfter(last) ? future.claimedAt() : last;
        }
        return last;
    }

    /**
     * A copy has set the observed value: it explains what the column shows, and an inferred choice that stood for it is
     * dropped. What had been inferred before stands again.
     */
    Replica withCopied(ConsentValue value, Stamp stamp) {
        Replica corrected = withCopiedElsewhere(value, stamp);
        boolean newer = observed != null && !observed.stamp().covers(stamp);
        return newer ? corrected.withObserved(new ObservedValue(value, stamp, stamp.at())) : corrected;
    }

    /** The same for a copy into a contact that has been replaced since, so that it says nothing of what is observed. */
    Replica withCopiedElsewhere(ConsentValue value, Stamp stamp) {
        boolean mistaken = inferred != null
                && value.equals(inferred.value())
                && !stamp.at().isBefore(inferred.after())
                && !inferred.at().isBefore(stamp.at());
        return mistaken ? withInferred(inferred.replaced()) : this;
    }

    /**
     * The contact was replaced or the Didomi user is gone: what was observed on it or written to it no longer applies.
     */
    Replica withoutObservation() {
        return observed == null && pending.isEmpty()
                ? this
                : new Replica(dated, futureDated, reportedIncluded, inferred, null, List.of());
    }

    /** What was observed was not the value, which is hidden from us. */
    Replica hidden() {
        return observed == null ? this : new Replica(dated, futureDated, reportedIncluded, inferred, null, pending);
    }

    /**
     * The values that explain what this replica shows at a time (rule R2). There are two if a choice has the same time
     * as the last observation: Dynamics keeps whole seconds, so either may have come first.
     */
    List<ConsentValue> expectedAt(Instant at) {
        @Nullable ReportedChoice reported = reported();
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
        @Nullable ReportedChoice reported = reported();
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
        @Nullable ReportedChoice reported = reported();
        boolean sinceObserved = reported != null
                && (observed == null
                        || reported.decidedAt().isAfter(observed.stamp().at()));
        return sinceObserved && !reported.decidedAt().isAfter(at) ? reported : null;
    }

    Replica withObserved(ObservedValue now) {
        return now.equals(observed) ? this : new Replica(dated, futureDated, reportedIncluded, inferred, now, pending);
    }

    /** Showing its value since this event, which explains a change that had been inferred. */
    Replica shownBy(Choice event, InferredChoice change) {
        return observed == null ? this : withObserved(observed.shownBy(event, change));
    }

    Replica withInferred(@Nullable InferredChoice change) {
        return new Replica(dated, futureDated, reportedIncluded, change, observed, pending);
    }

    /** Whether the reported choice has this value and no row that we have read includes it yet. */
    boolean isNewlyReported(ConsentValue value) {
        @Nullable ReportedChoice reported = reported();
        return reported != null
                && !reportedIncluded
                && reported.value().equals(value)
                && (observed == null
                        || !reported.decidedAt().isBefore(observed.stamp().at()));
    }

    /** A row that shows the reported value, and is not older than the report, includes it. */
    Replica includingReportedIfShown(@Nullable ConsentValue value, Instant rowTime) {
        @Nullable ReportedChoice reported = reported();
        return reported != null && reported.value().equals(value) ? includingReported(rowTime) : this;
    }

    /** A row with this time, which we are about to write, includes a choice reported up to that time. */
    Replica includingReported(Instant rowTime) {
        @Nullable ReportedChoice reported = reported();
        boolean contained = reported != null && !reported.decidedAt().isAfter(rowTime);
        return contained && !reportedIncluded
                ? new Replica(dated, futureDated, true, inferred, observed, pending)
                : this;
    }

    Replica withPending(List<PendingWrite> writes) {
        return writes.equals(pending)
                ? this
                : new Replica(dated, futureDated, reportedIncluded, inferred, observed, writes);
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
