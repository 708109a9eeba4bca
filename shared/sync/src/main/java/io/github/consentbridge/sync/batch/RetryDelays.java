package io.github.consentbridge.sync.batch;

import io.github.consentbridge.sync.worker.DeliveryOutcome.Patience;
import java.time.Duration;
import java.util.Optional;

/** How long a delivery waits before it is tried again. */
final class RetryDelays {
    /** How often a delivery may fail for conflicts. */
    private static final int MAX_ATTEMPTS = 5;

    /** How often and for how long at least a delivery may fail because a system fails for its record. */
    private static final int MIN_LONG_ATTEMPTS = 10;

    private static final Duration MIN_LONG_TIME = Duration.ofHours(2);

    /** No message can stay hidden for longer after it is sent. */
    private static final Duration MAX_DELAY = Duration.ofMinutes(15);

    private static final Duration FIRST_DELAY = Duration.ofSeconds(10);

    private RetryDelays() {}

    /**
     * The wait after a failure of the delivery's own: 10, 40, 160, 640 s, then 15 min. With patience for hours it is given
     * up at the 13th attempt, after 2 h 14 min.
     *
     * @param attempts how often it has failed, at least 1
     * @param failing for how long
     * @return empty if it is given up
     */
    static Optional<Duration> afterFailure(Patience patience, int attempts, Duration failing) {
        // More attempts than conflicts have: the earlier ones failed for a reason that is waited for longer.
        boolean conflictsOnly = patience == Patience.MINUTES && attempts <= MAX_ATTEMPTS;
        boolean over = conflictsOnly
                ? attempts == MAX_ATTEMPTS
                : attempts >= MIN_LONG_ATTEMPTS && failing.compareTo(MIN_LONG_TIME) >= 0;
        // Beyond the fifth attempt all waits are the longest.
        return over
                ? Optional.empty()
                : Optional.of(atMost(FIRST_DELAY.multipliedBy(1L << (2 * (Math.min(attempts, MAX_ATTEMPTS) - 1)))));
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
