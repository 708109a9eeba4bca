package io.github.consentbridge.connectors.http;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/**
 * How often and how long one call is repeated inside the process. A wait that is longer than {@code longestWait}, or
 * than what the caller's {@link Deadline} leaves, is not slept: the failure is thrown with
 * {@link RemoteException#retryAfter()} filled, and the caller pauses the system.
 *
 * @param tries attempts in all when the system is unavailable (network, timeout, 5xx, unreadable answer); at least 1
 * @param throttledTries attempts in all under throttling; at least 1
 * @param firstBackoff upper end of the first wait after an outage; doubles, and is drawn from zero up (full jitter)
 * @param longestBackoff cap of that wait
 * @param firstPause first wait after a throttling answer that names no time; doubles, at least half of it is waited
 * @param longestPause cap of that wait
 * @param longestWait longest single wait inside the process
 */
public record RetryPolicy(
        int tries,
        int throttledTries,
        Duration firstBackoff,
        Duration longestBackoff,
        Duration firstPause,
        Duration longestPause,
        Duration longestWait,
        Sleeper sleeper) {

    public RetryPolicy {
        if (tries < 1 || throttledTries < 1) {
            throw new IllegalArgumentException("tries and throttledTries must be at least 1");
        }
        requireNonNull(sleeper, "sleeper");
    }

    /** Waits. Tests pass one that does not. */
    @FunctionalInterface
    public interface Sleeper {
        /** Returns after this time. */
        void sleep(Duration time) throws InterruptedException;
    }

    /** 4 tries with waits of up to 0.25, 0.5, 1 s; under throttling 4 tries; no single wait above 15 s. */
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

    /** The same policy with another longest single wait. */
    public RetryPolicy withLongestWait(Duration wait) {
        return new RetryPolicy(
                tries, throttledTries, firstBackoff, longestBackoff, firstPause, longestPause, wait, sleeper);
    }

    /** The same policy with another way to wait. */
    public RetryPolicy withSleeper(Sleeper newSleeper) {
        return new RetryPolicy(
                tries, throttledTries, firstBackoff, longestBackoff, firstPause, longestPause, longestWait, newSleeper);
    }

    /** Whether a call that has failed this often may be tried again. */
    boolean allowsAnother(RemoteException failure, int failedTries) {
        return switch (failure.kind()) {
            case THROTTLED -> failedTries < throttledTries;
            case UNAVAILABLE -> failedTries < tries;
            case UNAUTHORIZED, CONFLICT, PERMANENT -> false;
        };
    }

    /** How long to wait before the next attempt: what the other side asked for, else by our own count of failures. */
    Duration waitAfter(RemoteException failure, int failedTries) {
        return failure.retryAfter().orElseGet(() -> {
            RandomGenerator random = ThreadLocalRandom.current();
            if (failure.kind() == RemoteException.Kind.THROTTLED) {
                long half = doubled(firstPause, longestPause, failedTries).toMillis() / 2;
                return Duration.ofMillis(half + random.nextLong(half + 1));
            }
            return Duration.ofMillis(random.nextLong(
                    doubled(firstBackoff, longestBackoff, failedTries).toMillis() + 1));
        });
    }

    private static Duration doubled(Duration first, Duration cap, int failedTries) {
        Duration wait = first.multipliedBy(1L << Math.min(failedTries - 1, 20));
        return wait.compareTo(cap) < 0 ? wait : cap;
    }
}
