package io.github.consentbridge.sync.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.mapping.consent.Side;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The results of {@link Operations} as {@code --json} prints them and as one process passes them to another. */
public final class OperationsJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private OperationsJson() {}

    /**
     * {@code {"key","contact_id","erased_at","registers":[…],"waiting":[…],"dead_letters":[…]}}, without {@code erased_at} if
     * the person was not erased; {@code waiting} is null, with a {@code waiting_note}, where the queue cannot be searched.
     */
    public static ObjectNode explanation(Explanation explanation) {
        return ExplanationJson.write(explanation);
    }

    /** What {@link #explanation(Explanation)} wrote. */
    public static Explanation explanation(JsonNode node) {
        return ExplanationJson.read(node);
    }

    /** {@code [{"id","side","key","reason","received_at","died_at","attempts"}]}. */
    public static ArrayNode deadLetters(List<DeadLetterSummary> letters) {
        ArrayNode list = NODES.arrayNode();
        letters.forEach(letter -> list.addObject()
                .put("id", letter.id())
                .put("side", letter.side().word())
                .put("key", letter.key())
                .put("reason", letter.reason())
                .put("received_at", letter.receivedAt().toString())
                .put("died_at", letter.diedAt().toString())
                .put("attempts", letter.attempts()));
        return list;
    }

    /** What {@link #deadLetters(List)} wrote. */
    public static List<DeadLetterSummary> deadLetters(JsonNode list) {
        List<DeadLetterSummary> letters = new ArrayList<>();
        list.forEach(node -> letters.add(new DeadLetterSummary(
                node.required("id").asText(),
                Side.ofWord(node.required("side").asText()),
                node.required("key").asText(),
                node.required("reason").asText(),
                Instant.parse(node.required("received_at").asText()),
                Instant.parse(node.required("died_at").asText()),
                node.required("attempts").intValue())));
        return letters;
    }

    /** {@code {"replayed":N}}. */
    public static ObjectNode replayed(int deliveries) {
        return NODES.objectNode().put("replayed", deliveries);
    }

    /** What {@link #replayed(int)} wrote. */
    public static int replayed(JsonNode node) {
        return node.required("replayed").intValue();
    }
}
