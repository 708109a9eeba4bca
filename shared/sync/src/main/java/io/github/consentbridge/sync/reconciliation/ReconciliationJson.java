package io.github.consentbridge.sync.reconciliation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.mapping.document.AttributeName;
import io.github.consentbridge.sync.reconciliation.Difference.Shown;
import io.github.consentbridge.sync.report.ValueJson;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The JSON of what a run finds, as {@code reconcile --json} prints it and as one process passes it to another. */
public final class ReconciliationJson {
    private static final double MILLISECONDS = 1000;

    private ReconciliationJson() {}

    /**
     * A listener that writes each event as one of {@code {"reading":{"subject"}}}, {@code
     * {"waiting":{"why","wait_ms","left_ms"}}}, {@code {"found":{…}}}, {@code {"unresolved":{…}}},
     * {@code {"failed":{"key","reason"}}}, {@code {"only_in":{"side","key"}}} and {@code {"progress":{…}}}.
     */
    public static ReconciliationListener writer(Consumer<ObjectNode> events) {
        return new Writer(events);
    }

    private record Writer(Consumer<ObjectNode> events) implements ReconciliationListener {
        @Override
        public void reading(String subject) {
            write("reading", node().put("subject", subject));
        }

        @Override
        public void waiting(String why, Duration wait, Duration left) {
            write(
                    "waiting",
                    node().put("why", why).put("wait_ms", wait.toMillis()).put("left_ms", left.toMillis()));
        }

        @Override
        public void found(Difference difference) {
            write("found", difference(difference));
        }

        @Override
        public void unresolved(Unresolved unresolved) {
            write("unresolved", ReconciliationJson.unresolved(unresolved));
        }

        @Override
        public void failed(String key, String reason) {
            write("failed", node().put("key", key).put("reason", reason));
        }

        @Override
        public void onlyIn(Side side, String key) {
            write("only_in", ReconciliationJson.onlyIn(side, key));
        }

        @Override
        public void progress(Totals totals, long expected) {
            write("progress", totals(totals).put("expected", expected));
        }

        private void write(String name, ObjectNode content) {
            events.accept(node().set(name, content));
        }
    }

    /** Passes an event that {@link #writer} wrote to a listener; ignores everything else. */
    public static void read(JsonNode event, ReconciliationListener listener) {
        event.properties().forEach(member -> read(member.getKey(), member.getValue(), listener));
    }

    private static void read(String name, JsonNode content, ReconciliationListener listener) {
        switch (name) {
            case "reading" -> listener.reading(text(content, "subject"));
            case "waiting" ->
                listener.waiting(
                        text(content, "why"),
                        Duration.ofMillis(content.required("wait_ms").longValue()),
                        Duration.ofMillis(content.required("left_ms").longValue()));
            case "found" -> listener.found(difference(content));
            case "unresolved" -> listener.unresolved(unresolved(content));
            case "failed" -> listener.failed(text(content, "key"), text(content, "reason"));
            case "only_in" -> listener.onlyIn(side(content, "side"), text(content, "key"));
            case "progress" ->
                listener.progress(totals(content), content.required("expected").longValue());
            default -> {}
        }
    }

    /** {@code {"key","contact_id","mapping","side","didomi":{"value","at"},"dynamics":{"value","at","column_value"},"winner","reason","applied"}}. */
    public static ObjectNode difference(Difference difference) {
        ObjectNode node = node().put("key", difference.key())
                .put("contact_id", difference.contactId())
                .put("mapping", difference.mapping())
                .put("side", difference.side().word());
        shown(node.putObject("didomi"), difference.didomi());
        shown(node.putObject("dynamics"), difference.dynamics())
                .set("column_value", ColumnValueJson.write(difference.columnValue()));
        return node.put("winner", difference.winner().word())
                .put("reason", difference.reason())
                .put("applied", difference.applied());
    }

    private static Difference difference(JsonNode node) {
        return new Difference(
                text(node, "key"),
                node.required("contact_id").textValue(),
                text(node, "mapping"),
                side(node, "side"),
                shown(node, "didomi"),
                shown(node, "dynamics"),
                ColumnValueJson.read(node.at("/dynamics/column_value")),
                side(node, "winner"),
                text(node, "reason"),
                node.required("applied").booleanValue());
    }

    /** {@code {"key","contact_id","mapping","didomi":{…},"dynamics":{…},"reason"}}. */
    public static ObjectNode unresolved(Unresolved unresolved) {
        ObjectNode node = node().put("key", unresolved.key())
                .put("contact_id", unresolved.contactId())
                .put("mapping", unresolved.mapping());
        shown(node.putObject("didomi"), unresolved.didomi());
        shown(node.putObject("dynamics"), unresolved.dynamics())
                .set("column_value", ColumnValueJson.write(unresolved.columnValue()));
        return node.put("reason", unresolved.reason());
    }

    private static Unresolved unresolved(JsonNode node) {
        return new Unresolved(
                text(node, "key"),
                node.required("contact_id").textValue(),
                text(node, "mapping"),
                shown(node, "didomi"),
                shown(node, "dynamics"),
                ColumnValueJson.read(node.at("/dynamics/column_value")),
                text(node, "reason"));
    }

    private static ObjectNode shown(ObjectNode node, Shown shown) {
        node.set("value", ValueJson.write(shown.value()));
        return node.put("at", Objects.toString(shown.at(), null));
    }

    private static Shown shown(JsonNode difference, String side) {
        JsonNode node = difference.required(side);
        @Nullable String at = node.required("at").textValue();
        return new Shown(
                ValueJson.read(node.required("value"), new AttributeName(text(difference, "mapping"))),
                at == null ? null : Instant.parse(at));
    }

    /** {@code {"side","key"}}. */
    public static ObjectNode onlyIn(Side side, String key) {
        return node().put("side", side.word()).put("key", key);
    }

    /** {@code {"read":{…},"differences_found","changed","only_in":{…},"unresolved_found","failed","ignored_keys_found"}}. */
    private static ObjectNode totals(Totals totals) {
        ObjectNode node = node();
        node.putObject("read").put("didomi", totals.didomi()).put("dynamics", totals.dynamics());
        node.put("differences_found", totals.differences()).put("changed", totals.changed());
        node.putObject("only_in").put("didomi", totals.onlyInDidomi()).put("dynamics", totals.onlyInDynamics());
        return node.put("unresolved_found", totals.unresolved())
                .put("failed", totals.failed())
                .put("ignored_keys_found", totals.ignored());
    }

    private static Totals totals(JsonNode node) {
        return new Totals(
                number(node, "/read/didomi"),
                number(node, "/read/dynamics"),
                number(node, "/differences_found"),
                number(node, "/changed"),
                number(node, "/only_in/didomi"),
                number(node, "/only_in/dynamics"),
                number(node, "/unresolved_found"),
                number(node, "/failed"),
                number(node, "/ignored_keys_found"));
    }

    /**
     * The report without the differences, which the listener received before. In {@code only_in} the number of a side is null
     * if the run did not find out.
     */
    public static ObjectNode report(ReconciliationReport report) {
        ObjectNode node = node().put("scan", report.request().scan().word())
                .put("dry_run", report.request().dryRun());
        node.setAll(totals(report.totals()));
        for (Side side : Side.values()) {
            if (!report.request().countsOnlyIn(side)) {
                node.withObject("/only_in").putNull(side.word());
            }
        }
        node.put("stopped", report.stopped().orElse(null)).put("finished", report.finished());
        node.putObject("requests").put("didomi", report.didomiRequests()).put("dataverse", report.dataverseRequests());
        ArrayNode registration = node.putArray("registration");
        report.registration().forEach(registration::add);
        return node.put("seconds", report.time().toMillis() / MILLISECONDS);
    }

    /**
     * What {@link #report(ReconciliationReport)} wrote.
     *
     * @param request of the run
     */
    public static ReconciliationReport report(JsonNode node, ReconciliationRequest request) {
        List<String> registration = new ArrayList<>();
        node.required("registration").forEach(sentence -> registration.add(sentence.asText()));
        return new ReconciliationReport(
                request,
                totals(node),
                Optional.ofNullable(node.required("stopped").textValue()),
                node.required("finished").booleanValue(),
                number(node, "/requests/didomi"),
                number(node, "/requests/dataverse"),
                Duration.ofMillis(Math.round(node.required("seconds").doubleValue() * MILLISECONDS)),
                registration);
    }

    private static ObjectNode node() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static String text(JsonNode node, String name) {
        return node.required(name).asText();
    }

    private static Side side(JsonNode node, String name) {
        return Side.ofWord(text(node, name));
    }

    private static long number(JsonNode node, String pointer) {
        return node.requiredAt(pointer).longValue();
    }
}
