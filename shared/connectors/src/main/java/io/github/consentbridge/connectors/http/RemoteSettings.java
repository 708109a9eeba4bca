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

    private static final int HEAP_SHARE = 16;
    private static final int MIN_ANSWER = 1 << 20;
    private static final int MAX_ANSWER = 32 << 20;

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

    /**
     * 3 s to connect, 60 s per request, a sixteenth of the heap per answer (1 to 32 MiB), 8 calls at once, {@link
     * RetryPolicy#standard()}. As many answers as there are calls at once fit into half of the heap.
     */
    public static RemoteSettings standard(Clock clock) {
        return new RemoteSettings(
                Duration.ofSeconds(3),
                Duration.ofSeconds(60),
                answerBytes(Runtime.getRuntime().maxMemory()),
                8,
                RetryPolicy.standard(),
                clock);
    }

    static int answerBytes(long heap) {
        return (int) Math.max(MIN_ANSWER, Math.min(MAX_ANSWER, heap / HEAP_SHARE));
    }

    public RemoteSettings withTimeouts(Duration connect, Duration request) {
        return new RemoteSettings(connect, request, maxResponseBytes, concurrency, retry, clock);
    }

    public RemoteSettings withRetry(RetryPolicy policy) {
        return new RemoteSettings(connectTimeout, requestTimeout, maxResponseBytes, concurrency, policy, clock);
    }
}
