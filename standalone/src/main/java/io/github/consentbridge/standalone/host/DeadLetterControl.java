package io.github.consentbridge.standalone.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.sync.operations.DeadLetterDetail;
import io.github.consentbridge.sync.operations.Operations;
import io.github.consentbridge.sync.queue.DiscardedDelivery;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What one process asks another about one dead letter: both ends, so that they agree. */
final class DeadLetterControl {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private DeadLetterControl() {}

    static ObjectNode show(String id, boolean plain) {
        return NODES.objectNode().put("id", id).put("plain", plain);
    }

    static ObjectNode discard(String id, DiscardedDelivery.Decision decision) {
        return NODES.objectNode()
                .put("id", id)
                .put("by", decision.by())
                .put("at", decision.at().toString())
                .put("reason", decision.reason());
    }

    static ObjectNode discarded(String id) {
        return NODES.objectNode().put("id", id);
    }

    static List<DiscardedDelivery> discarded(JsonNode answer) {
        List<DiscardedDelivery> records = new ArrayList<>();
        answer.forEach(record -> records.add(DiscardedDelivery.of(record)));
        return records;
    }

    /**
     * Answers what the methods above ask; empty if there is no such dead letter.
     *
     * @throws IllegalArgumentException if it is something else
     */
    static Optional<JsonNode> answer(Operations operations, String path, JsonNode request) {
        String id = request.required("id").asText();
        return switch (path) {
            case "/deadletter" ->
                operations
                        .deadLetter(id, request.required("plain").booleanValue())
                        .map(DeadLetterDetail::json);
            case "/discard" -> operations.discard(id, decision(request)).map(DiscardedDelivery::json);
            case "/discarded" -> {
                ArrayNode records = NODES.arrayNode();
                operations.discarded(id).forEach(record -> records.add(record.json()));
                yield Optional.of(records);
            }
            default -> throw new IllegalArgumentException("not about one dead letter");
        };
    }

    private static DiscardedDelivery.Decision decision(JsonNode request) {
        try {
            return new DiscardedDelivery.Decision(
                    request.required("by").asText(),
                    Instant.parse(request.required("at").asText()),
                    request.required("reason").asText());
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("the time cannot be read", e);
        }
    }
}
