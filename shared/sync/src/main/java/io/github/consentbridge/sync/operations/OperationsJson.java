package io.github.consentbridge.sync.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.connectors.http.RemoteSystem;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.mapping.document.AttributeName;
import io.github.consentbridge.mapping.document.ConsentValue;
import io.github.consentbridge.mapping.settle.Decision;
import io.github.consentbridge.sync.operations.Explanation.Column;
import io.github.consentbridge.sync.report.ValueJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The results of {@link Operations} as {@code --json} prints them and as one process passes them to another. */
public final class OperationsJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private OperationsJson() {}

    /** {@code {"key","contact_id","erased_at","registers":[…]}}, without {@code erased_at} if the person was not erased. */
    public static ObjectNode explanation(Explanation explanation) {
        ObjectNode node = NODES.objectNode().put("key", explanation.key()).put("contact_id", explanation.contactId());
        if (explanation.erasedAt() != null) {
            node.put("erased_at", explanation.erasedAt().toString());
        }
        ArrayNode columns = node.putArray("registers");
        explanation.columns().forEach(column -> write(column, columns.addObject()));
        return node;
    }

    private static void write(Column column, ObjectNode node) {
        @Nullable Decision decision = column.decision();
        node.put("regulation", column.regulation())
                .put("mapping", column.name().logicalName())
                .put("didomi_value", column.didomiValue())
                .set("value", ValueJson.write(decision == null ? null : decision.value()));
        node.put("decided_at", decision == null ? null : decision.decidedAt().toString())
                .put("side", decision == null ? null : decision.side().word())
                .put("delivery", decision == null ? null : decision.delivery())
                .put("didomi_seen", column.didomiAgrees())
                .put("dynamics_seen", column.dynamicsAgrees());
        node.set("didomi_shows", ValueJson.write(column.inDidomi()));
        node.set("dynamics_shows", ValueJson.write(column.inDynamics()));
        node.put("reason", column.reason());
    }

    /** What {@link #explanation(Explanation)} wrote. */
    public static Explanation explanation(JsonNode node) {
        List<Column> columns = new ArrayList<>();
        node.required("registers").forEach(column -> columns.add(column(column)));
        @Nullable String erasedAt = node.path("erased_at").textValue();
        return new Explanation(
                node.required("key").asText(),
                node.required("contact_id").textValue(),
                erasedAt == null ? null : Instant.parse(erasedAt),
                columns);
    }

    private static Column column(JsonNode node) {
        AttributeName name = new AttributeName(node.required("mapping").asText());
        @Nullable ConsentValue value = ValueJson.read(node.required("value"), name);
        return new Column(
                node.required("regulation").asText(),
                name,
                node.required("didomi_value").asText(),
                value == null ? null : decision(node, value),
                ValueJson.read(node.required("didomi_shows"), name),
                ValueJson.read(node.required("dynamics_shows"), name),
                node.required("didomi_seen").booleanValue(),
                node.required("dynamics_seen").booleanValue(),
                node.required("reason").asText());
    }

    private static Decision decision(JsonNode node, ConsentValue value) {
        return new Decision(
                Side.ofWord(node.required("side").asText()),
                value,
                Instant.parse(node.required("decided_at").asText()),
                node.required("delivery").asText());
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
