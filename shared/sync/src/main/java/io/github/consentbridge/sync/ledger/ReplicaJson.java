package io.github.consentbridge.sync.ledger;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.mapping.consent.Stamp;
import io.github.consentbridge.mapping.document.ConsentValue;
import io.github.consentbridge.mapping.settle.Decision;
import io.github.consentbridge.mapping.settle.FutureDatedChoice;
import io.github.consentbridge.mapping.settle.InferredChoice;
import io.github.consentbridge.mapping.settle.ObservedValue;
import io.github.consentbridge.mapping.settle.PendingWrite;
import io.github.consentbridge.mapping.settle.Replica;
import io.github.consentbridge.mapping.settle.ReportedChoice;
import io.github.consentbridge.sync.report.ValueJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of one place, as JSON. */
final class ReplicaJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private ReplicaJson() {}

    static ObjectNode write(Replica replica) {
        ObjectNode node = NODES.objectNode();
        @Nullable ReportedChoice reported = replica.dated();
        if (reported != null) {
            withChoice(node.putObject("reported"), reported);
        }
        if (!replica.futureDated().isEmpty()) {
            ArrayNode future = node.putArray("future_dated");
            replica.futureDated()
                    .forEach(choice -> withChoice(future.addObject(), choice.asReported())
                            .put("claimed_at", choice.claimedAt().toString()));
        }
        if (replica.reportedIncluded()) {
            node.put("reported_included", true);
        }
        @Nullable InferredChoice inferred = replica.inferred();
        if (inferred != null) {
            write(node.putObject("inferred"), inferred);
        }
        @Nullable ObservedValue observed = replica.observed();
        if (observed != null) {
            write(node.putObject("observed"), observed);
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

    private static void write(ObjectNode node, ObservedValue observed) {
        Stamp stamp = observed.stamp();
        withValue(node, observed.value())
                .put("version", stamp.version())
                .put("at", stamp.at().toString())
                .put("since", observed.since().toString());
        if (!stamp.rowTime().equals(stamp.at())) {
            node.put("row_time", stamp.rowTime().toString());
        }
    }

    private static PendingWrite pending(JsonNode node) {
        return new PendingWrite(
                valueIn(node),
                node.required("condition").textValue(),
                node.required("attempts").intValue());
    }

    private static ObjectNode withValue(ObjectNode node, @Nullable ConsentValue value) {
        if (value != null) {
            node.set("value", ValueJson.writeStored(value));
        }
        return node;
    }

    private static ObjectNode withChoice(ObjectNode node, ReportedChoice choice) {
        return withValue(node, choice.value())
                .put("at", choice.decidedAt().toString())
                .put("version", choice.rowVersion())
                .put("delivery", choice.delivery());
    }

    private static void write(ObjectNode change, InferredChoice inferred) {
        withValue(change, inferred.value())
                .put("after", inferred.after().toString())
                .put("at", inferred.at().toString())
                .put("delivery", inferred.delivery())
                .put("searched", inferred.searched());
        if (!inferred.claimedAt().equals(inferred.at())) {
            change.put("claimed_at", inferred.claimedAt().toString());
        }
        if (inferred.uncertainWrite() != null) {
            write(change.putObject("uncertain_write"), inferred.uncertainWrite());
        }
        if (inferred.replaced() != null) {
            write(change.putObject("replaced"), inferred.replaced());
        }
    }

    static Replica read(JsonNode node) {
        JsonNode reported = node.path("reported");
        JsonNode inferred = node.path("inferred");
        JsonNode observed = node.path("observed");
        List<PendingWrite> pending = new ArrayList<>();
        node.path("pending").forEach(write -> pending.add(pending(write)));
        List<FutureDatedChoice> future = new ArrayList<>();
        node.path("future_dated").forEach(choice -> future.add(futureDated(choice)));
        return new Replica(
                reported.isMissingNode() ? null : reported(reported),
                future,
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

    private static FutureDatedChoice futureDated(JsonNode node) {
        return FutureDatedChoice.of(reported(node), LedgerJson.requiredTime(node, "claimed_at"));
    }

    private static InferredChoice inferred(JsonNode node) {
        return new InferredChoice(
                valueIn(node),
                LedgerJson.requiredTime(node, "after"),
                LedgerJson.requiredTime(node, "at"),
                timeOr(node, "claimed_at", "at"),
                node.path("delivery").asText(Decision.UNREPORTED),
                node.required("searched").booleanValue(),
                node.has("uncertain_write") ? pending(node.required("uncertain_write")) : null,
                node.has("replaced") ? inferred(node.required("replaced")) : null);
    }

    private static ObservedValue observed(JsonNode node) {
        Stamp stamp = new Stamp(
                node.required("version").longValue(),
                LedgerJson.requiredTime(node, "at"),
                timeOr(node, "row_time", "at"));
        return new ObservedValue(optionalValue(node), stamp, LedgerJson.requiredTime(node, "since"));
    }

    /** Kept only where it is another time. */
    private static Instant timeOr(JsonNode node, String name, String other) {
        return LedgerJson.requiredTime(node, node.has(name) ? name : other);
    }

    static ConsentValue valueIn(JsonNode node) {
        return requireNonNull(optionalValue(node), "value");
    }

    private static @Nullable ConsentValue optionalValue(JsonNode node) {
        return ValueJson.readStored(node.path("value"));
    }
}
