package io.github.consentbridge.connectors.http;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/**
 * How often and how long one call is repeated inside the process. A wait longer than {@code maxWait}, or than the
 * caller's {@link Deadline} allows, is not slept: the failure is thrown with {@link RemoteException#retryAfter()} set,
 * and the caller pauses the system.
 *
 * @param tries total attempts if the system is unavailable (network, timeout, 5xx, unreadable answer); at least 1
 * @param throttledTries total attempts under throttling; at least 1
 * @param firstBackoff upper bound of the first wait after an outage; it doubles, and each wait is random from zero up
 *     to it (full jitter)
 * @param maxBackoff cap of that wait
 * @param firstPause first wait after a throttling answer without a time; it doubles, and each wait is at least half of
 *     it
 * @param maxPause cap of that wait
 * @param maxWait maximum single wait inside the process
 */
public record RetryPolicy(
        int tries,
        int throttledTries,
        Duration firstBackoff,
        Duration maxBackoff,
        Duration firstPause,
        Duration maxPause,
        Duration maxWait,
        Sleeper sleeper) {

    public RetryPolicy {
        if (tries < 1 || throttledTries < 1) {
            throw new IllegalArgumentException("tries and throttledTries must be at least 1");
        }
        requireNonNull(sleeper, "sleeper");
    }

    /** Waits; replaced in tests. */
    @FunctionalInterface
    public interface Sleeper {
        void sleep(Duration time) throws InterruptedException;
    }

    /** 4 attempts with waits of up to 0.25, 0.5 and 1 s; under throttling 4 attempts; no single wait above 15 s. */
    public static RetryPolicy standard() {
        return new RetryPolicy(
                4,
                4,
                Duration.ofMillis(250),
                Duration.ofSeconds(5),
                Duration.ofSeconds(1),
                Duration.ofMinutes(1),
                Duration.ofSeconds(15),
                time -> Thread.sleep(time.toMillis()));
    }

    public RetryPolicy withMaxWait(Duration wait) {
        return new RetryPolicy(tries, throttledTries, firstBackoff, maxBackoff, firstPause, maxPause, wait, sleeper);
    }

    public RetryPolicy withSleeper(Sleeper newSleeper) {
        return new RetryPolicy(
                tries, throttledTries, firstBackoff, maxBackoff, firstPause, maxPause, maxWait, newSleeper);
    }

    /** Whether a call that has failed this often may be tried again. */
    boolean allowsAnother(RemoteException failure, int failedTries) {
        return switch (failure.kind()) {
            case THROTTLED -> failedTries < throttledTries;
            case UNAVAILABLE -> failedTries < tries;
            case UNAUTHORIZED, CONFLICT, PERMANENT -> false;
        };
    }

    /** The wait before the next attempt: what the other side asked for, else our backoff by the number of failures. */
    Duration waitAfter(RemoteException failure, int failedTries) {
        return failure.retryAfter().orElseGet(() -> {
            RandomGenerator random = ThreadLocalRandom.current();
            if (failure.kind() == RemoteException.Kind.THROTTLED) {
                long half = doubled(firstPause, maxPause, failedTries).toMillis() / 2;
                return Duration.ofMillis(half + random.nextLong(half + 1));
            }
            return Duration.ofMillis(random.nextLong(
                    doubled(firstBackoff, maxBackoff, failedTries).toMillis() + 1));
        });
    }

    private static Duration doubled(Duration first, Duration cap, int failedTries) {
        Duration wait = first.multipliedBy(1L << Math.min(failedTries - 1, 20));
        return wait.compareTo(cap) < 0 ? wait : cap;
    }
}
