package io.github.consentbridge.sync.logging;

import io.github.consentbridge.mapping.consent.Side;
import java.util.EnumMap;
import java.util.Map;

/** Adds up what is counted, both directions together; metrics that were never counted are 0. */
public final class MetricTotals implements MetricSink {
    private final Map<Metric, Double> totals = new EnumMap<>(Metric.class);

    /** With 0 everywhere. */
    public MetricTotals() {
        for (Metric metric : Metric.values()) {
            totals.put(metric, 0.0);
        }
    }

    @Override
    public synchronized void count(Metric metric, Side towards, double amount) {
        totals.merge(metric, amount, Double::sum);
    }

    /** A copy of the sums. */
    public synchronized Map<Metric, Double> totals() {
        return new EnumMap<>(totals);
    }
}
