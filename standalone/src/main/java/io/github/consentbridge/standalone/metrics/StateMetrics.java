package io.github.consentbridge.standalone.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What {@code GET /health} answers, as gauges: one examination serves both, so that they cannot disagree. What is null there
 * has no sample here. Safe for use by several threads.
 */
final class StateMetrics implements MultiCollector {
    private static final List<String> STATES = List.of("up", "degraded", "down");
    private static final List<String> RESULTS = List.of("done", "stopped", "interrupted", "failed");

    private final Supplier<JsonNode> health;
    private final Labels labels;
    private final Clock clock;

    /** @param health what {@code GET /health} answers now; may take as long as that does */
    StateMetrics(Supplier<JsonNode> health, Labels labels, Clock clock) {
        this.health = health;
        this.labels = labels;
        this.clock = clock;
    }

    @Override
    public MetricSnapshots collect() {
        JsonNode state = health.get();
        return new MetricSnapshots(Stream.of(
                        general(state),
                        queue(state.path("queue")),
                        last(state),
                        reconciliation(state.path("last_reconciliation")),
                        store(state.path("store")))
                .<MetricSnapshot>flatMap(List::stream)
                .toList());
    }

    private List<GaugeSnapshot> general(JsonNode state) {
        return List.of(
                oneOf(
                        "health_status",
                        "1 for the status that /health answers.",
                        "status",
                        STATES,
                        state.path("status")),
                each(
                        "paused_seconds",
                        "Seconds for which a system is still left alone; 0 if it is not.",
                        "system",
                        List.of("didomi", "dataverse"),
                        system -> paused(state, system)));
    }

    private List<GaugeSnapshot> queue(JsonNode queue) {
        return List.of(
                number("queue_depth", "Deliveries that wait.", queue.path("depth")),
                number("queue_in_flight", "Deliveries that are being applied.", queue.path("in_flight")),
                number(
                        "queue_oldest_seconds",
                        "Age of the oldest delivery that is not finished.",
                        queue.path("oldest_seconds")),
                number("dead_letters", "Dead letters.", queue.path("dead_letters")));
    }

    private List<GaugeSnapshot> last(JsonNode state) {
        return List.of(
                each(
                        "last_delivery_timestamp_seconds",
                        "When a delivery of this side was stored last, since the start.",
                        "side",
                        List.of("didomi", "dynamics"),
                        side -> time(state.path("last_delivery").path(side))),
                gauge(
                        "last_applied_timestamp_seconds",
                        "When a change was written to one of the systems last, since the start.",
                        time(state.path("last_applied"))));
    }

    private List<GaugeSnapshot> reconciliation(JsonNode last) {
        return List.of(
                gauge(
                        "last_reconciliation_timestamp_seconds",
                        "When the last reconciliation ended that was not a dry run.",
                        time(last.path("finished_at"))),
                oneOf(
                        "last_reconciliation_result",
                        "1 for how the last reconciliation ended.",
                        "result",
                        RESULTS,
                        last.path("result")));
    }

    private List<GaugeSnapshot> store(JsonNode store) {
        return List.of(
                number("store_size_bytes", "Size of the store's files.", store.path("size_bytes")),
                number("store_free_bytes", "Space that is left on the store's disk.", store.path("free_bytes")));
    }

    /** While the store does not answer, nothing is known of pauses, and null does not mean that there is none. */
    private OptionalDouble paused(JsonNode state, String system) {
        JsonNode until = state.at("/paused_until/" + system);
        if (until.isTextual()) {
            double left = Duration.between(clock.instant(), Instant.parse(until.asText()))
                            .toMillis()
                    / 1000.0;
            return OptionalDouble.of(Math.max(0, left));
        }
        return state.at("/queue/depth").isNumber() ? OptionalDouble.of(0) : OptionalDouble.empty();
    }

    private static OptionalDouble time(JsonNode text) {
        return text.isTextual()
                ? OptionalDouble.of(Instant.parse(text.asText()).toEpochMilli() / 1000.0)
                : OptionalDouble.empty();
    }

    private GaugeSnapshot number(String name, String help, JsonNode value) {
        return gauge(name, help, value.isNumber() ? OptionalDouble.of(value.doubleValue()) : OptionalDouble.empty());
    }

    private GaugeSnapshot gauge(String name, String help, OptionalDouble value) {
        GaugeSnapshot.Builder gauge = builder(name, help);
        value.ifPresent(known -> gauge.dataPoint(point(known, labels)));
        return gauge.build();
    }

    /** 1 for the word that the text is, 0 for the others; no samples without a text. */
    private GaugeSnapshot oneOf(String name, String help, String label, List<String> words, JsonNode text) {
        return each(
                name,
                help,
                label,
                words,
                word -> text.isTextual()
                        ? OptionalDouble.of(text.asText().equals(word) ? 1 : 0)
                        : OptionalDouble.empty());
    }

    private GaugeSnapshot each(
            String name, String help, String label, List<String> words, Function<String, OptionalDouble> value) {
        GaugeSnapshot.Builder gauge = builder(name, help);
        words.forEach(word ->
                value.apply(word).ifPresent(known -> gauge.dataPoint(point(known, labels.add(label, word)))));
        return gauge.build();
    }

    private static GaugeSnapshot.Builder builder(String name, String help) {
        return GaugeSnapshot.builder().name("consent_bridge_" + name).help(help);
    }

    private static GaugeDataPointSnapshot point(double value, Labels labels) {
        return GaugeDataPointSnapshot.builder().value(value).labels(labels).build();
    }
}
