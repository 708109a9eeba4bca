package io.github.consentbridge.standalone.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.Supplier;

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
        return MetricSnapshots.builder()
                .metricSnapshot(oneOf(
                        "health_status",
                        "1 for the status that /health answers.",
                        "status",
                        STATES,
                        state.path("status")))
                .metricSnapshot(number("queue_depth", "Deliveries that wait.", state.at("/queue/depth")))
                .metricSnapshot(
                        number("queue_in_flight", "Deliveries that are being applied.", state.at("/queue/in_flight")))
                .metricSnapshot(number(
                        "queue_oldest_seconds",
                        "Age of the oldest delivery that is not finished.",
                        state.at("/queue/oldest_seconds")))
                .metricSnapshot(number("dead_letters", "Dead letters.", state.at("/queue/dead_letters")))
                .metricSnapshot(each(
                        "paused_seconds",
                        "Seconds for which a system is still left alone; 0 if it is not.",
                        "system",
                        List.of("didomi", "dataverse"),
                        system -> paused(state, system)))
                .metricSnapshot(each(
                        "last_delivery_timestamp_seconds",
                        "When a delivery of this side was stored last, since the start.",
                        "side",
                        List.of("didomi", "dynamics"),
                        side -> time(state.at("/last_delivery/" + side))))
                .metricSnapshot(gauge(
                        "last_applied_timestamp_seconds",
                        "When a change was written to one of the systems last, since the start.",
                        time(state.path("last_applied"))))
                .metricSnapshot(gauge(
                        "last_reconciliation_timestamp_seconds",
                        "When the last reconciliation ended that was not a dry run.",
                        time(state.at("/last_reconciliation/finished_at"))))
                .metricSnapshot(oneOf(
                        "last_reconciliation_result",
                        "1 for how the last reconciliation ended.",
                        "result",
                        RESULTS,
                        state.at("/last_reconciliation/result")))
                .metricSnapshot(number("store_size_bytes", "Size of the store's files.", state.at("/store/size_bytes")))
                .metricSnapshot(number(
                        "store_free_bytes", "Space that is left on the store's disk.", state.at("/store/free_bytes")))
                .build();
    }

    /** While the store does not answer, the pauses are not known: that a system is paused is the news then. */
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
