package io.github.consentbridge.connectors.http;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;

/**
 * The limits of one client's calls to its remote system. What a single call may take is also bounded by the caller's
 * {@link Deadline}.
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
        Clock clock) {

    public RemoteSettings {
        if (connectTimeout.isNegative() || connectTimeout.isZero() || requestTimeout.compareTo(connectTimeout) < 0) {
            throw new IllegalArgumentException("connectTimeout must be positive and at most requestTimeout");
        }
        if (maxResponseBytes < 1 || concurrency < 1) {
            throw new IllegalArgumentException("maxResponseBytes and concurrency must be at least 1");
        }
        requireNonNull(retry, "retry");
        requireNonNull(clock, "clock");
    }

    /** 3 s to connect, 60 s per request, 32 MiB per answer, 8 calls at once, {@link RetryPolicy#standard()}. */
    public static RemoteSettings standard(Clock clock) {
        return new RemoteSettings(
                Duration.ofSeconds(3), Duration.ofSeconds(60), 32 * 1024 * 1024, 8, RetryPolicy.standard(), clock);
    }

    public RemoteSettings withTimeouts(Duration connect, Duration request) {
        return new RemoteSettings(connect, request, maxResponseBytes, concurrency, retry, clock);
    }

    public RemoteSettings withRetry(RetryPolicy policy) {
        return new RemoteSettings(connectTimeout, requestTimeout, maxResponseBytes, concurrency, policy, clock);
    }
}
