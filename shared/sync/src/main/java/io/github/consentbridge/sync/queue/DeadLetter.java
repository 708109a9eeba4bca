package io.github.consentbridge.sync.queue;

import java.time.Instant;

/**
 * A delivery that could not be applied and waits for a person.
 *
 * @param reason one sentence that says what to do; no personal data
 * @param diedAt when it failed last and was given up
 */
public record DeadLetter(Delivery delivery, String reason, Instant diedAt) {
    /** The delivery as it is sent to the queue again. */
    public Delivery replayed() {
        return delivery.afresh(diedAt, reason);
    }
}
