package io.github.consentbridge.connectors.http;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;

/**
 * The limits of one client's calls to its remote system.
 *
 * @param connectTimeout maximum wait for a connection
 * @param requestTimeout maximum time from sending a request to the last byte of its answer
 * @param maxResponseBytes larger answers are a failure
 * @param concurrency maximum number of concurrent calls; lowered automatically after throttling and raised slowly
 */
public record RemoteSettings(
        Duration connectTimeout,
        Duration requestTimeout,
        int maxResponseBytes,
        int concurrency,
        RetryPolicy retry,
        Clock clock,
        Deadline deadline,
        ThrottleListener throttleListener) {

    public RemoteSettings {
        if (connectTimeout.isNegative() || connectTimeout.isZero() || requestTimeout.compareTo(connectTimeout) < 0) {
            throw new IllegalArgumentException("connectTimeout must be positive and at most requestTimeout");
        }
        if (maxResponseBytes < 1 || concurrency < 1) {
            throw new IllegalArgumentException("maxResponseBytes and concurrency must be at least 1");
        }
        requireNonNull(retry, "retry");
        requireNonNull(clock, "clock");
        requireNonNull(deadline, "deadline");
        requireNonNull(throttleListener, "throttleListener");
    }

    /** 3 s to connect, 60 s per request, 32 MiB per answer, 8 calls at once, {@link RetryPolicy#standard()}. */
    public static RemoteSettings standard(Clock clock) {
        return new RemoteSettings(
                Duration.ofSeconds(3),
                Duration.ofSeconds(60),
                32 * 1024 * 1024,
                8,
                RetryPolicy.standard(),
                clock,
                Deadline.none(),
                ThrottleListener.none());
    }

    /** The same settings with other timeouts. */
    public RemoteSettings withTimeouts(Duration connect, Duration request) {
        return new RemoteSettings(
                connect, request, maxResponseBytes, concurrency, retry, clock, deadline, throttleListener);
    }

    /** The same settings with another bound on answers. */
    public RemoteSettings withMaxResponseBytes(int bytes) {
        return new RemoteSettings(
                connectTimeout, requestTimeout, bytes, concurrency, retry, clock, deadline, throttleListener);
    }

    /** The same settings with another number of concurrent calls. */
    public RemoteSettings withConcurrency(int calls) {
        return new RemoteSettings(
                connectTimeout, requestTimeout, maxResponseBytes, calls, retry, clock, deadline, throttleListener);
    }

    /** The same settings with another retry policy. */
    public RemoteSettings withRetry(RetryPolicy policy) {
        return new RemoteSettings(
                connectTimeout,
                requestTimeout,
                maxResponseBytes,
                concurrency,
                policy,
                clock,
                deadline,
                throttleListener);
    }

    /** The same settings with another deadline. */
    public RemoteSettings withDeadline(Deadline newDeadline) {
        return new RemoteSettings(
                connectTimeout,
                requestTimeout,
                maxResponseBytes,
                concurrency,
                retry,
                clock,
                newDeadline,
                throttleListener);
    }

    /** The same settings with another listener. */
    public RemoteSettings withThrottleListener(ThrottleListener listener) {
        return new RemoteSettings(
                connectTimeout, requestTimeout, maxResponseBytes, concurrency, retry, clock, deadline, listener);
    }
}
