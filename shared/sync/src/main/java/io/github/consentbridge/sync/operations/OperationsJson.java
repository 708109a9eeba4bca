package io.github.consentbridge.sync.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.connectors.http.RemoteSystem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

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

    /** {@code [{"id","side","key","reason","received_at","attempts","failed_at"}]}. */
    public static ArrayNode deadLetters(List<DeadLetterSummary> letters) {
        ArrayNode list = NODES.arrayNode();
        letters.forEach(letter -> list.addObject()
                .put("id", letter.id())
                .put("side", letter.side().word())
                .put("key", letter.key())
                .put("reason", letter.reason())
                .put("received_at", letter.receivedAt().toString())
                .put("attempts", letter.attempts())
                .put("failed_at", letter.failedAt().toString()));
        return list;
    }

    /** What {@link #deadLetters(List)} wrote. */
    public static List<DeadLetterSummary> deadLetters(JsonNode list) {
        List<DeadLetterSummary> letters = new ArrayList<>();
        list.forEach(node -> letters.add(DeadLetterSummary.of(node)));
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

    /** {@code {"lifted":{"didomi":"…","dataverse":"…"}}}, without a system that was not paused. */
    public static ObjectNode lifted(Map<RemoteSystem, Instant> pauses) {
        ObjectNode node = NODES.objectNode();
        ObjectNode lifted = node.putObject("lifted");
        pauses.forEach((system, until) -> lifted.put(system.word(), until.toString()));
        return node;
    }

    /** What {@link #lifted(Map)} wrote. */
    public static Map<RemoteSystem, Instant> lifted(JsonNode node) {
        Map<RemoteSystem, Instant> pauses = new EnumMap<>(RemoteSystem.class);
        node.required("lifted")
                .properties()
                .forEach(pause -> pauses.put(
                        RemoteSystem.ofWord(pause.getKey()),
                        Instant.parse(pause.getValue().asText())));
        return pauses;
    }

    /** {@code {"systems":["didomi","dataverse"]}}, the request to lift their pauses. */
    public static ObjectNode systems(Set<RemoteSystem> systems) {
        ObjectNode node = NODES.objectNode();
        ArrayNode words = node.putArray("systems");
        systems.forEach(system -> words.add(system.word()));
        return node;
    }

    /**
     * What {@link #systems(Set)} wrote.
     *
     * @throws IllegalArgumentException if it is something else
     */
    public static Set<RemoteSystem> systems(JsonNode node) {
        Set<RemoteSystem> systems = EnumSet.noneOf(RemoteSystem.class);
        node.required("systems").forEach(word -> systems.add(RemoteSystem.ofWord(word.asText())));
        return systems;
    }
}
