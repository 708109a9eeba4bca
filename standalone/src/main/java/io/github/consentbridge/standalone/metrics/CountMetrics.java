package io.github.consentbridge.standalone.metrics;

import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.sync.logging.Metric;
import io.github.consentbridge.sync.logging.MetricSink;
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

/**
 * Every {@link Metric} of both directions, 0 from the start: a counter, or a histogram if it is a duration. Counting takes no
 * lock and looks nothing up by name, because each delivery waits for it. Safe for use by several threads.
 */
final class CountMetrics implements MetricSink {
    /** From what a person who looks at both systems does not notice to the five days for which deliveries are kept. */
    private static final double[] SECONDS = {
        0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 1800, 3600, 21_600, 86_400, 432_000
    };

    private final Map<Metric, Map<Side, DoubleConsumer>> metrics = new EnumMap<>(Metric.class);

    CountMetrics(PrometheusRegistry registry, Labels labels) {
        for (Metric metric : Metric.values()) {
            metrics.put(
                    metric,
                    metric.isDuration() ? histogram(metric, registry, labels) : counter(metric, registry, labels));
        }
    }

    /** As in CloudWatch, in the form that Prometheus expects: {@code ContactsUpdated} is {@code consent_bridge_contacts_updated}. */
    static String name(Metric metric) {
        return "consent_bridge"
                + metric.published().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    private static Map<Side, DoubleConsumer> counter(Metric metric, PrometheusRegistry registry, Labels labels) {
        Counter counter = Counter.builder()
                .name(name(metric))
                .help(MetricHelp.of(metric))
                .labelNames("direction")
                .constLabels(labels)
                .withoutExemplars()
                .register(registry);
        return bySide(side -> {
            CounterDataPoint point = counter.labelValues(Metric.direction(side));
            return point::inc;
        });
    }

    private static Map<Side, DoubleConsumer> histogram(Metric metric, PrometheusRegistry registry, Labels labels) {
        Histogram histogram = Histogram.builder()
                .name(name(metric))
                .help(MetricHelp.of(metric))
                .labelNames("direction")
                .constLabels(labels)
                .classicOnly()
                .classicUpperBounds(SECONDS)
                .withoutExemplars()
                .register(registry);
        return bySide(side -> {
            DistributionDataPoint point = histogram.labelValues(Metric.direction(side));
            return point::observe;
        });
    }

    private static Map<Side, DoubleConsumer> bySide(Function<Side, DoubleConsumer> point) {
        Map<Side, DoubleConsumer> points = new EnumMap<>(Side.class);
        for (Side side : Side.values()) {
            points.put(side, point.apply(side));
        }
        return points;
    }

    @Override
    public void count(Metric metric, Side towards, double amount) {
        metrics.get(metric).get(towards).accept(amount);
    }
}
