package io.github.consentbridge.connectors.http;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * How much time the caller has left. Asked before each attempt and each wait, so one client that outlives many
 * invocations can be given a deadline that reads the current one.
 */
@FunctionalInterface
public interface Deadline {
    /** The remaining time; zero or negative after the deadline. */
    Duration remaining();

    /** No deadline: waits are bounded by {@link RetryPolicy#maxWait()} alone. */
    static Deadline none() {
        return () -> Duration.ofDays(1);
    }

    /** A fixed point in time. */
    static Deadline at(Instant end, Clock clock) {
        return () -> Duration.between(clock.instant(), end);
    }
}
