package io.github.consentbridge.sync.operations;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.sync.queue.DeadLetter;
import io.github.consentbridge.sync.queue.Delivery;
import io.github.consentbridge.sync.queue.DeliveryJson;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter with its delivery.
 *
 * @param failingSince when it failed first since it was received or replayed; null if that was not recorded
 * @param earlier what became of it before it was replayed; null if it never was
 * @param body of the delivery: as received, or with its personal data masked
 */
public record DeadLetterDetail(
        DeadLetterSummary summary, @Nullable Instant failingSince, Delivery.@Nullable Earlier earlier, String body) {
    /**
     * A dead letter as it is shown.
     *
     * @param body masks the body, or leaves it as it is
     */
    public static DeadLetterDetail of(DeadLetter letter, UnaryOperator<String> body) {
        Delivery delivery = letter.delivery();
        Delivery.@Nullable Trouble trouble = delivery.trouble();
        return new DeadLetterDetail(
                DeadLetterSummary.of(letter),
                trouble == null ? null : trouble.since(),
                delivery.earlier(),
                body.apply(delivery.body()));
    }

    /**
     * As {@link OperationsJson#deadLetters} writes one, and {@code "failing_since","body"}; {@code "earlier"} only if it was
     * replayed.
     */
    public ObjectNode json() {
        ObjectNode node =
                (ObjectNode) OperationsJson.deadLetters(List.of(summary)).get(0);
        node.put("failing_since", failingSince == null ? null : failingSince.toString());
        if (earlier != null) {
            node.set("earlier", DeliveryJson.earlier(earlier));
        }
        return node.put("body", body);
    }

    /** What {@link #json} wrote. */
    public static DeadLetterDetail of(JsonNode node) {
        @Nullable String since = node.path("failing_since").textValue();
        return new DeadLetterDetail(
                DeadLetterSummary.of(node),
                since == null ? null : Instant.parse(since),
                node.has("earlier") ? DeliveryJson.earlier(node.get("earlier")) : null,
                requireNonNull(node.required("body").textValue()));
    }
}
