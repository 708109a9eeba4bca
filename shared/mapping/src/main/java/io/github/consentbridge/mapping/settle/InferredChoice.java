package io.github.consentbridge.mapping.settle;

import io.github.consentbridge.mapping.consent.Choice;
import io.github.consentbridge.mapping.document.ConsentValue;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A choice of whose time no delivery told us: the value was there when we looked, or a new user came with it. It was
 * decided not before {@code after} and at the latest at {@code at}, and it gives way when the delivery that it stands for
 * arrives.
 *
 * @param after the epoch in Didomi, where an event may carry any date in the past
 * @param delivery the delivery that showed it; {@link Decision#UNREPORTED} if none did
 * @param searched whether the place's own history was searched for its date, and did not tell
 * @param open a write of ours that may have landed before the change; if it did not, there was no change. Null where the
 *     change is certain
 */
public record InferredChoice(
        ConsentValue value,
        Instant after,
        Instant at,
        String delivery,
        boolean searched,
        @Nullable PendingWrite open) {
    /** A choice that nothing told: found where a side was looked at. */
    static InferredChoice unreported(ConsentValue value, Instant after, Instant at) {
        return new InferredChoice(value, after, at, Decision.UNREPORTED, false, null);
    }

    /** A change that happened only if a write of ours landed. */
    InferredChoice onlyAfter(PendingWrite write) {
        return new InferredChoice(value, after, at, delivery, searched, write);
    }

    boolean isRefusal() {
        return value instanceof ConsentValue.Flag flag && !flag.granted();
    }

    boolean isOpenBy(PendingWrite write) {
        return open != null && open.isSame(write);
    }

    /** The choice of a new Didomi user: an event may carry any date in the past. */
    static InferredChoice of(Choice choice) {
        return new InferredChoice(choice.value(), Instant.EPOCH, choice.decidedAt(), choice.delivery(), false, null);
    }

    /** As the choice that it is taken for as long as its time is not known. */
    ReportedChoice atLatest() {
        return new ReportedChoice(value, at, Choice.UNKNOWN_VERSION, delivery);
    }

    boolean isTold() {
        return !delivery.equals(Decision.UNREPORTED);
    }

    InferredChoice afterSearch() {
        return new InferredChoice(value, after, at, delivery, true, open);
    }

    /** Whether a choice with this value and time can be the one that was noticed. */
    public boolean standsFor(ConsentValue reported, Instant decidedAt) {
        return value.equals(reported) && !decidedAt.isBefore(after) && !decidedAt.isAfter(at);
    }
}
