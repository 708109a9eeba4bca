package io.github.consentbridge.sync.logging;

import io.github.consentbridge.mapping.consent.Side;

/** Where a host takes what is counted, to publish it. Implementations are safe for use by several threads. */
public interface MetricSink {
    /**
     * Counts.
     *
     * @param towards the side that was written or asked; the metric's dimension {@code direction}
     * @param amount seconds, if the metric {@linkplain Metric#isDuration is a duration}
     */
    void count(Metric metric, Side towards, double amount);

    /**
     * Counts a run of the reconciliation. Sinks that do not tell scans apart count it in the direction of Dynamics.
     *
     * @param scan the word for the scan; the metric's dimension {@code scan}
     */
    default void countScan(Metric metric, String scan) {
        count(metric, Side.DYNAMICS, 1);
    }

    /** Publishes what was counted since the last time; called at the end of each invocation. */
    default void flush() {
        // Sinks that keep totals, or publish at once, have nothing to do.
    }
}
