package io.github.consentbridge.sync.operations;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.sync.queue.DeadLetter;
import io.github.consentbridge.sync.queue.Delivery;
import java.time.Instant;

/**
 * A dead letter without the body of its delivery.
 *
 * @param attempts how often applying it has failed, also before it was replayed
 * @param failedAt when it failed last
 */
public record DeadLetterSummary(
        String id, Side side, String key, String reason, Instant receivedAt, int attempts, Instant failedAt) {
    static DeadLetterSummary of(DeadLetter letter) {
        Delivery delivery = letter.delivery();
        return new DeadLetterSummary(
                delivery.id(),
                delivery.side(),
                delivery.person(),
                letter.reason(),
                delivery.receivedAt(),
                delivery.allAttempts(),
                letter.diedAt());
    }

    /** What {@link OperationsJson#deadLetters} wrote of one. */
    static DeadLetterSummary of(JsonNode node) {
        return new DeadLetterSummary(
                node.required("id").asText(),
                Side.ofWord(node.required("side").asText()),
                node.required("key").asText(),
                node.required("reason").asText(),
                Instant.parse(node.required("received_at").asText()),
                node.required("attempts").intValue(),
                Instant.parse(node.required("failed_at").asText()));
    }
}
