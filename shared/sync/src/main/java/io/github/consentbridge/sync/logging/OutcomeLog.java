package io.github.consentbridge.sync.logging;

import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.mapping.document.OrganizationUserId;
import org.jspecify.annotations.Nullable;

/** Where outcomes are told: one line each, and counted. Implementations keep people's ids out of what they print. */
public interface OutcomeLog {
    /**
     * Counts.
     *
     * @param towards the side that was written or asked; the metric's dimension {@code direction}
     */
    void count(Metric metric, Side towards, double amount);

    /**
     * Counts a run of the reconciliation. Outcome logs that do not tell scans apart count it in the direction of Dynamics.
     *
     * @param scan the word for the scan; the metric's dimension {@code scan}
     */
    default void countScan(Metric metric, String scan) {
        count(metric, Side.DYNAMICS, 1);
    }

    /**
     * Logs one outcome, at the level that its name has.
     *
     * @param person hashed before it is printed; null where the outcome concerns no person
     * @param fields further members of the line, in the order in which they are printed; no personal data
     */
    void log(String outcome, @Nullable OrganizationUserId person, LogFields fields);

    /** The same for an outcome whose level depends on more than its name. */
    default void log(LogLevel level, String outcome, @Nullable OrganizationUserId person, LogFields fields) {
        log(outcome, person, fields);
    }

    /** Logs a fault, with its stack trace. */
    void fault(String outcome, Throwable fault, LogFields fields);

    /** Publishes what was counted since the last time; called at the end of each invocation. */
    default void flush() {
        // Outcome logs that keep totals, or publish at once, have nothing to do.
    }
}
