package io.github.consentbridge.sync.ledger;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.mapping.consent.Stamp;
import io.github.consentbridge.mapping.document.AttributeName;
import io.github.consentbridge.mapping.document.ConsentValue;
import io.github.consentbridge.mapping.settle.Decision;
import io.github.consentbridge.mapping.settle.InferredChoice;
import io.github.consentbridge.mapping.settle.ObservedValue;
import io.github.consentbridge.mapping.settle.PendingWrite;
import io.github.consentbridge.mapping.settle.Replica;
import io.github.consentbridge.mapping.settle.ReportedChoice;
import io.github.consentbridge.sync.report.ValueJson;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of one place, as JSON. */
final class ReplicaJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private ReplicaJson() {}

    static ObjectNode write(Replica replica) {
        ObjectNode node = NODES.objectNode();
        @Nullable ReportedChoice reported = replica.reported();
        if (reported != null) {
            withValue(node.putObject("reported"), reported.value())
                    .put("at", reported.decidedAt().toString())
                    .put("version", reported.rowVersion())
                    .put("delivery", reported.delivery());
        }
        if (replica.reportedIncluded()) {
            node.put("reported_included", true);
        }
        @Nullable InferredChoice inferred = replica.inferred();
        if (inferred != null) {
            ObjectNode change = withValue(node.putObject("inferred"), inferred.value())
                    .put("after", inferred.after().toString())
                    .put("at", inferred.at().toString())
                    .put("delivery", inferred.delivery())
                    .put("searched", inferred.searched());
            if (inferred.uncertainWrite() != null) {
                write(change.putObject("uncertain_write"), inferred.uncertainWrite());
            }
        }
        @Nullable ObservedValue observed = replica.observed();
        if (observed != null) {
            withValue(node.putObject("observed"), observed.value())
                    .put("version", observed.stamp().version())
                    .put("at", observed.stamp().at().toString())
                    .put("since", observed.since().toString());
        }
        if (!replica.pending().isEmpty()) {
            ArrayNode pending = node.putArray("pending");
            replica.pending().forEach(write -> write(pending.addObject(), write));
        }
        return node;
    }

    private static void write(ObjectNode node, PendingWrite write) {
        withValue(node, write.value()).put("condition", write.condition()).put("attempts", write.attempts());
    }

    private static PendingWrite pending(JsonNode node) {
        return new PendingWrite(
                valueIn(node),
                node.required("condition").textValue(),
                node.required("attempts").intValue());
    }

    private static ObjectNode withValue(ObjectNode node, @Nullable ConsentValue value) {
        if (value != null) {
            node.set("value", write(value));
        }
        return node;
    }

    /** As reports show it, and with the column that an unmapped value is of. */
    static JsonNode write(ConsentValue value) {
        JsonNode json = ValueJson.write(value);
        return value instanceof ConsentValue.Unmapped unmapped
                ? ((ObjectNode) json).put("column", unmapped.column().logicalName())
                : json;
    }

    static Replica read(JsonNode node) {
        JsonNode reported = node.path("reported");
        JsonNode inferred = node.path("inferred");
        JsonNode observed = node.path("observed");
        List<PendingWrite> pending = new ArrayList<>();
        node.path("pending").forEach(write -> pending.add(pending(write)));
        return new Replica(
                reported.isMissingNode() ? null : reported(reported),
                node.path("reported_included").booleanValue(),
                inferred.isMissingNode() ? null : inferred(inferred),
                observed.isMissingNode() ? null : observed(observed),
                pending);
    }

    private static ReportedChoice reported(JsonNode node) {
        return new ReportedChoice(
                valueIn(node),
                LedgerJson.requiredTime(node, "at"),
                node.required("version").longValue(),
                node.required("delivery").textValue());
    }

    private static InferredChoice inferred(JsonNode node) {
        return new InferredChoice(
                valueIn(node),
                LedgerJson.requiredTime(node, "after"),
                LedgerJson.requiredTime(node, "at"),
                node.path("delivery").asText(Decision.UNREPORTED),
                node.required("searched").booleanValue(),
                node.has("uncertain_write") ? pending(node.required("uncertain_write")) : null);
    }

    private static ObservedValue observed(JsonNode node) {
        Stamp stamp = new Stamp(node.required("version").longValue(), LedgerJson.requiredTime(node, "at"));
        return new ObservedValue(optionalValue(node), stamp, LedgerJson.requiredTime(node, "since"));
    }

    static ConsentValue valueIn(JsonNode node) {
        return requireNonNull(optionalValue(node), "value");
    }

    private static @Nullable ConsentValue optionalValue(JsonNode node) {
        JsonNode value = node.path("value");
        return ValueJson.read(
                value,
                value.isObject() ? new AttributeName(value.required("column").textValue()) : AttributeName.CONTACT_ID);
    }
}
