package io.github.consentbridge.mapping.settle;

import io.github.consentbridge.mapping.consent.Choice;
import io.github.consentbridge.mapping.consent.Stamp;
import io.github.consentbridge.mapping.document.ConsentValue;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A choice whose time no delivery reported: a replica was observed with the value, or a new user was created with it.
 * It was decided between {@code after} and {@code at}, both included. It gives way when the delivery of the same choice
 * arrives.
 *
 * @param after the epoch in Didomi, where an event may carry any date in the past
 * @param claimedAt the time that its system gave for {@code at}; later than that if it lay in the future
 * @param delivery the delivery that contained the value; {@link Decision#UNREPORTED} if none did
 * @param searched whether the replica's own history was searched for the exact date without finding it
 * @param uncertainWrite a write of ours that may have been applied before the change; if it was not, there was no
 *     change. Null if the change is certain
 * @param replaced the choice that was inferred there before, in case this one turns out to be none; it has none itself
 */
public record InferredChoice(
        ConsentValue value,
        Instant after,
        Instant at,
        Instant claimedAt,
        String delivery,
        boolean searched,
        @Nullable PendingWrite uncertainWrite,
        @Nullable InferredChoice replaced) {
    /** A choice that no delivery contained: it was found by reading a side. */
    static InferredChoice unreported(ConsentValue value, Instant after, Stamp seen) {
        return new InferredChoice(value, after, seen.at(), seen.rowTime(), Decision.UNREPORTED, false, null, null);
    }

    /** The same, certain only if this write of ours was applied. */
    InferredChoice dependingOn(PendingWrite write) {
        return new InferredChoice(value, after, at, claimedAt, delivery, searched, write, replaced);
    }

    /** The same, instead of this one. */
    InferredChoice replacing(@Nullable InferredChoice other) {
        return new InferredChoice(
                value,
                after,
                at,
                claimedAt,
                delivery,
                searched,
                uncertainWrite,
                other == null ? null : other.replacing(null));
    }

    boolean dependsOn(PendingWrite write) {
        return uncertainWrite != null && uncertainWrite.isSame(write);
    }

    /** The choice of a new Didomi user: an event may carry any date in the past. */
    static InferredChoice of(Choice choice) {
        return new InferredChoice(
                choice.value(),
                Instant.EPOCH,
                choice.decidedAt(),
                choice.claimedAt(),
                choice.delivery(),
                false,
                null,
                null);
    }

    /** How it counts in rule R1 while its exact time is unknown: as a choice at its latest possible time. */
    public ReportedChoice atLatest() {
        return new ReportedChoice(value, at, Choice.UNKNOWN_VERSION, delivery);
    }

    boolean hasDelivery() {
        return !delivery.equals(Decision.UNREPORTED);
    }

    InferredChoice afterSearch() {
        return new InferredChoice(value, after, at, claimedAt, delivery, true, uncertainWrite, replaced);
    }

    /** Whether a reported choice with this value and time can be the one that was inferred. */
    public boolean matches(ConsentValue reported, Instant decidedAt) {
        return value.equals(reported) && !decidedAt.isBefore(after) && !decidedAt.isAfter(at);
    }

    /** Whether a choice can be the one that was inferred, also by the same date in the future. */
    boolean matches(Choice choice) {
        return matches(choice.value(), choice.decidedAt()) || isSameClaim(choice);
    }

    private boolean isSameClaim(Choice choice) {
        return claimedAt.isAfter(at) && value.equals(choice.value()) && claimedAt.equals(choice.claimedAt());
    }

    /** A choice that is this one cannot have been made later than this one was seen. */
    Choice datedAtTheLatest(Choice choice) {
        return isSameClaim(choice) && at.isBefore(choice.decidedAt()) ? choice.decidedAt(at) : choice;
    }
}
