package io.github.consentbridge.sync.batch;

import java.time.Duration;
import java.util.Optional;

/** How long a delivery waits before it is tried again. */
final class RetryDelays {
    /** How often a delivery may fail for reasons of its own. */
    private static final int MAX_ATTEMPTS = 5;

    /** No message can stay hidden for longer after it is sent. */
    private static final Duration MAX_DELAY = Duration.ofMinutes(15);

    private static final Duration FIRST_DELAY = Duration.ofSeconds(10);

    private RetryDelays() {}

    /**
     * The wait after a failure of the delivery's own: 10, 40, 160 and 640 s.
     *
     * @param attempts how often it has failed, at least 1
     * @return empty if it is given up
     */
    static Optional<Duration> afterFailure(int attempts) {
        return attempts >= MAX_ATTEMPTS
                ? Optional.empty()
                : Optional.of(atMost(FIRST_DELAY.multipliedBy(1L << (2 * (attempts - 1)))));
    }

    /**
     * The wait while a system is paused: what it asks for, but growing with each receive. Each of these counts towards the
     * redrive policy, and a delivery has to outlive an outage of a day.
     */
    static Duration whilePaused(Duration asked, int receives) {
        if (asked.isZero()) {
            return Duration.ZERO;
        }
        Duration backoff = Duration.ofSeconds(1L << Math.min(receives - 1, 10));
        return atMost(backoff.compareTo(asked) > 0 ? backoff : asked);
    }

    private static Duration atMost(Duration delay) {
        return delay.compareTo(MAX_DELAY) < 0 ? delay : MAX_DELAY;
    }
}
