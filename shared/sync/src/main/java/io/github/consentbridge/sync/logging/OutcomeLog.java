package io.github.consentbridge.sync.logging;

import io.github.consentbridge.mapping.document.OrganizationUserId;
import org.jspecify.annotations.Nullable;

/** Where outcomes are logged, one line each, and counted. Implementations keep people's ids out of what they print. */
public interface OutcomeLog extends MetricSink {
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
}
