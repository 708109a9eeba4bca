package io.github.consentbridge.queue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.settle.Side;
import java.time.Instant;
import java.util.Locale;

/**
 * The text of a queue message: {@code {"id","side","person","received_at","attempts","body"}}. The body is a text inside
 * it, so that it comes back byte for byte.
 */
public final class DeliveryJson {
    private static final JsonMapper MAPPER = new JsonMapper();

    private DeliveryJson() {}

    public static String write(Delivery delivery) {
        ObjectNode node = MAPPER.createObjectNode()
                .put("id", delivery.id())
                .put("side", delivery.side().name().toLowerCase(Locale.ROOT))
                .put("person", delivery.person())
                .put("received_at", delivery.receivedAt().toString())
                .put("attempts", delivery.attempts())
                .put("body", delivery.body());
        return node.toString();
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IllegalArgumentException if it is something else; the message quotes nothing of it
     */
    public static Delivery read(String message) {
        try {
            JsonNode node = MAPPER.readTree(message);
            return new Delivery(
                    node.required("id").textValue(),
                    Side.valueOf(node.required("side").textValue().toUpperCase(Locale.ROOT)),
                    node.required("person").textValue(),
                    Instant.parse(node.required("received_at").textValue()),
                    node.required("attempts").intValue(),
                    node.required("body").textValue());
        } catch (JsonProcessingException | RuntimeException e) {
            throw new IllegalArgumentException("a queue message is not one of ours");
        }
    }
}
