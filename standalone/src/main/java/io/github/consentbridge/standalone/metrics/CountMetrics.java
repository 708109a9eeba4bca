package io.github.consentbridge.standalone.metrics;

import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.sync.logging.Metric;
import io.github.consentbridge.sync.logging.MetricSink;
import io.github.consentbridge.sync.reconciliation.Scan;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Every {@link Metric} of each direction or scan, 0 from the start: a counter, or a histogram if it is a duration. Counting takes no
 * lock, because each delivery waits for it. Safe for use by several threads.
 */
final class CountMetrics implements MetricSink {
    /** From what a person who looks at both systems does not notice to the five days for which deliveries are kept. */
    private static final double[] SECONDS = {
        0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 1800, 3600, 21_600, 86_400, 432_000
    };

    private static final Map<Side, String> DIRECTIONS = new EnumMap<>(
            Map.of(Side.DIDOMI, Metric.direction(Side.DIDOMI), Side.DYNAMICS, Metric.direction(Side.DYNAMICS)));

    private final Map<Metric, Map<String, DoubleConsumer>> metrics = new EnumMap<>(Metric.class);

    CountMetrics(PrometheusRegistry registry, Labels labels) {
        for (Metric metric : Metric.values()) {
            String label = metric.isOfScan() ? "scan" : "direction";
            metrics.put(
                    metric,
                    metric.isDuration()
                            ? histogram(metric, label, registry, labels)
                            : counter(metric, label, registry, labels));
        }
    }

    /** As in CloudWatch, in the form that Prometheus expects: {@code ContactsUpdated} is {@code consent_bridge_contacts_updated}. */
    static String name(Metric metric) {
        return "consent_bridge"
                + metric.published().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    private static Map<String, DoubleConsumer> counter(
            Metric metric, String label, PrometheusRegistry registry, Labels labels) {
        Counter counter = Counter.builder()
                .name(name(metric))
                .help(MetricHelp.of(metric))
                .labelNames(label)
                .constLabels(labels)
                .withoutExemplars()
                .register(registry);
        return points(metric, value -> {
            CounterDataPoint point = counter.labelValues(value);
            return point::inc;
        });
    }

    private static Map<String, DoubleConsumer> histogram(
            Metric metric, String label, PrometheusRegistry registry, Labels labels) {
        Histogram histogram = Histogram.builder()
                .name(name(metric))
                .help(MetricHelp.of(metric))
                .labelNames(label)
                .constLabels(labels)
                .classicOnly()
                .classicUpperBounds(SECONDS)
                .withoutExemplars()
                .register(registry);
        return points(metric, value -> {
            DistributionDataPoint point = histogram.labelValues(value);
            return point::observe;
        });
    }

    /** One point for each value of the label. */
    private static Map<String, DoubleConsumer> points(Metric metric, Function<String, DoubleConsumer> point) {
        Stream<String> values =
                metric.isOfScan() ? Stream.of(Scan.values()).map(Scan::word) : DIRECTIONS.values().stream();
        return values.collect(Collectors.toUnmodifiableMap(Function.identity(), point));
    }

    @Override
    public void count(Metric metric, Side towards, double amount) {
        metrics.get(metric).get(DIRECTIONS.get(towards)).accept(amount);
    }

    @Override
    public void countScan(Metric metric, String scan) {
        metrics.get(metric).get(scan).accept(1);
    }
}
