package io.github.consentbridge.sync.rights;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What was erased of a person, and what could not be.
 *
 * @param key as the ledger spells it
 * @param ledger ledger entries
 * @param history entries of the history
 * @param waiting deliveries in the queue
 * @param remains what is left elsewhere, where, and for how long; one sentence each
 */
public record ErasureReport(String key, int ledger, int history, int waiting, int deadLetters, List<String> remains) {
    public ErasureReport {
        remains = List.copyOf(remains);
    }

    /** {@code {"key","erased":{"ledger","history","waiting","dead_letters"},"remains":["…"]}}. */
    public ObjectNode json() {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("key", key);
        node.putObject("erased")
                .put("ledger", ledger)
                .put("history", history)
                .put("waiting", waiting)
                .put("dead_letters", deadLetters);
        ArrayNode sentences = node.putArray("remains");
        remains.forEach(sentences::add);
        return node;
    }

    /** What {@link #json()} wrote. */
    public static ErasureReport of(JsonNode node) {
        JsonNode erased = node.required("erased");
        List<String> remains = new ArrayList<>();
        node.required("remains").forEach(sentence -> remains.add(sentence.asText()));
        return new ErasureReport(
                node.required("key").asText(),
                erased.required("ledger").intValue(),
                erased.required("history").intValue(),
                erased.required("waiting").intValue(),
                erased.required("dead_letters").intValue(),
                remains);
    }
}
