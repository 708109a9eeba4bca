package io.github.consentbridge.sync.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.mapping.document.AttributeName;
import io.github.consentbridge.mapping.document.ConsentValue;
import io.github.consentbridge.mapping.settle.Decision;
import io.github.consentbridge.sync.operations.Explanation.Column;
import io.github.consentbridge.sync.operations.Explanation.Waiting;
import io.github.consentbridge.sync.report.ValueJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Explanations as {@code --json} prints them and as one process passes them to another. */
final class ExplanationJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private ExplanationJson() {}

    static ObjectNode write(Explanation explanation) {
        ObjectNode node = NODES.objectNode().put("key", explanation.key()).put("contact_id", explanation.contactId());
        if (explanation.erasedAt() != null) {
            node.put("erased_at", explanation.erasedAt().toString());
        }
        ArrayNode columns = node.putArray("registers");
        explanation.columns().forEach(column -> write(column, columns.addObject()));
        explanation
                .waiting()
                .ifPresentOrElse(
                        waiting -> write(waiting, node.putArray("waiting")),
                        () -> node.putNull("waiting").put("waiting_note", Explanation.NOT_SEARCHABLE));
        node.set("dead_letters", OperationsJson.deadLetters(explanation.deadLetters()));
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
        node.put("didomi_known", column.known().contains(Side.DIDOMI))
                .put("dynamics_known", column.known().contains(Side.DYNAMICS));
        node.set("didomi_shows", ValueJson.write(column.inDidomi()));
        node.set("dynamics_shows", ValueJson.write(column.inDynamics()));
        node.set("column_value", column.columnValue());
        node.put("reason", column.reason());
    }

    private static void write(List<Waiting> waiting, ArrayNode list) {
        waiting.forEach(delivery -> list.addObject()
                .put("id", delivery.id())
                .put("side", delivery.side().word())
                .put("received_at", delivery.receivedAt().toString())
                .put("attempts", delivery.attempts())
                .put("last_failure", delivery.lastFailure()));
    }

    static Explanation read(JsonNode node) {
        List<Column> columns = new ArrayList<>();
        node.required("registers").forEach(column -> columns.add(column(column)));
        @Nullable String erasedAt = node.path("erased_at").textValue();
        return new Explanation(
                node.required("key").asText(),
                node.required("contact_id").textValue(),
                erasedAt == null ? null : Instant.parse(erasedAt),
                columns,
                node.required("waiting").isNull() ? Optional.empty() : Optional.of(waiting(node.get("waiting"))),
                OperationsJson.deadLetters(node.required("dead_letters")));
    }

    private static List<Waiting> waiting(JsonNode list) {
        List<Waiting> waiting = new ArrayList<>();
        list.forEach(delivery -> waiting.add(new Waiting(
                delivery.required("id").asText(),
                Side.ofWord(delivery.required("side").asText()),
                Instant.parse(delivery.required("received_at").asText()),
                delivery.required("attempts").intValue(),
                delivery.required("last_failure").textValue())));
        return waiting;
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
                known(node),
                node.required("column_value"),
                node.required("didomi_seen").booleanValue(),
                node.required("dynamics_seen").booleanValue(),
                node.required("reason").asText());
    }

    private static Set<Side> known(JsonNode node) {
        return Arrays.stream(Side.values())
                .filter(side -> node.required(side.word() + "_known").booleanValue())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Decision decision(JsonNode node, ConsentValue value) {
        return new Decision(
                Side.ofWord(node.required("side").asText()),
                value,
                Instant.parse(node.required("decided_at").asText()),
                node.required("delivery").asText());
    }
}
