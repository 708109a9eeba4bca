package io.github.consentbridge.mapping.settle;

import io.github.consentbridge.mapping.document.ConsentValue;
import java.time.Instant;

/**
 * An event of ours, on its way to Didomi or confirmed. It is kept until Didomi is read after the confirmation; until
 * then it explains that a user shows its value.
 *
 * @param createdAt the date that the event carries
 * @param since from when on it counts as Didomi's present value: later than every user state known when it was posted
 * @param confirmed whether Didomi has confirmed it
 */
public record PendingEvent(ConsentValue value, Instant createdAt, Instant since, boolean confirmed) {
    /** As the uncertain write of an inferred choice that is certain only if the event reached that user. */
    PendingWrite asPendingWrite() {
        return new PendingWrite(value, createdAt.toString(), 1);
    }

    PendingEvent asConfirmed() {
        return new PendingEvent(value, createdAt, since, true);
    }
}
