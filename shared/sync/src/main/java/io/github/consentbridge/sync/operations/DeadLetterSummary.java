package io.github.consentbridge.sync.operations;

import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.sync.queue.DeadLetter;
import io.github.consentbridge.sync.queue.Delivery;
import java.time.Instant;

/** A dead letter without the body of its delivery. */
public record DeadLetterSummary(
        String id, Side side, String key, String reason, Instant receivedAt, Instant diedAt, int attempts) {
    static DeadLetterSummary of(DeadLetter letter) {
        Delivery delivery = letter.delivery();
        return new DeadLetterSummary(
                delivery.id(),
                delivery.side(),
                delivery.person(),
                letter.reason(),
                delivery.receivedAt(),
                letter.diedAt(),
                delivery.attempts());
    }
}
