package io.github.consentbridge.standalone.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.sync.intake.WebhookReply;
import io.github.consentbridge.sync.logging.Metric;
import io.github.consentbridge.sync.logging.MetricSink;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmGarbageCollectorMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmMemoryMetrics;
import io.prometheus.metrics.instrumentation.jvm.ProcessMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Labels;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The metrics of this process: what is counted, the state of the bridge, and its memory. They start at 0 with each start, and
 * contain no personal data. Safe for use by several threads.
 */
public final class BridgeMetrics implements MetricSink {
    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.builder()
            .setIncludeCreatedTimestamps(false)
            .build();
    private final Labels labels;
    private final CountMetrics counts;

    /**
     * Metrics with the counts and the process.
     *
     * @param stack the label {@code stack} of every metric; without one they have no such label
     */
    public BridgeMetrics(Optional<String> stack) {
        labels = stack.map(name -> Labels.of("stack", name)).orElse(Labels.EMPTY);
        counts = new CountMetrics(registry, labels);
        Info.builder()
                .name("consent_bridge_build_info")
                .help("The version of the bridge.")
                .labelNames("version")
                .constLabels(labels)
                .register(registry)
                .addLabelValues(version());
        ProcessMetrics.builder().constLabels(labels).register(registry);
        JvmMemoryMetrics.builder().constLabels(labels).register(registry);
        JvmGarbageCollectorMetrics.builder().constLabels(labels).register(registry);
    }

    private static String version() {
        return Optional.ofNullable(BridgeMetrics.class.getPackage().getImplementationVersion())
                .orElse("unpackaged");
    }

    /**
     * Adds the state of the bridge. To be called once.
     *
     * @param health what {@code GET /health} answers now; asked for each page
     * @param reconcileEvery how often the bridge reconciles automatically; empty for never
     */
    public void addState(Supplier<JsonNode> health, Optional<Duration> reconcileEvery, Clock clock) {
        registry.register(new StateMetrics(health, labels, clock));
        Gauge.builder()
                .name("consent_bridge_reconciliation_interval_seconds")
                .help("How often the bridge reconciles automatically; 0 if it does not.")
                .constLabels(labels)
                .register(registry)
                .set(reconcileEvery.orElse(Duration.ZERO).toMillis() / 1000.0);
    }

    @Override
    public void count(Metric metric, Side towards, double amount) {
        counts.count(metric, towards, amount);
    }

    @Override
    public void countScan(Metric metric, String scan) {
        counts.countScan(metric, scan);
    }

    /** The reply to {@code GET /metrics}; may take as long as the examination of the bridge does, two seconds. */
    public WebhookReply page() {
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        try {
            writer.write(page, registry.scrape(), EscapingScheme.UNDERSCORE_ESCAPING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new WebhookReply(
                200, Map.of("content-type", PrometheusTextFormatWriter.CONTENT_TYPE), page.toString(UTF_8));
    }
}
