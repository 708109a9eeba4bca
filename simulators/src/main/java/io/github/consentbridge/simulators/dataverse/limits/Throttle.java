package io.github.consentbridge.simulators.dataverse.limits;

import io.github.consentbridge.simulators.dataverse.column.DataverseError;
import io.github.consentbridge.simulators.http.Reply;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Supplier;

/** Enforces {@link ServiceLimits} over a sliding window of the given clock. */
public final class Throttle {
    private final Clock clock;
    private final Deque<Long> starts = new ArrayDeque<>();
    private final Deque<Execution> executions = new ArrayDeque<>();
    private ServiceLimits limits = ServiceLimits.documented();
    private long spentMillis;
    private int running;

    private record Execution(long end, long millis) {}

    public Throttle(Clock clock) {
        this.clock = clock;
    }

    public synchronized void limits(ServiceLimits changed) {
        limits = changed;
        starts.clear();
        executions.clear();
        spentMillis = 0;
    }

    /** Runs the request, or answers 429 without running it. */
    public Reply limit(Supplier<Reply> request, Runnable whenRefused) {
        long start = clock.millis();
        Optional<Reply> refusal = admit(start);
        if (refusal.isPresent()) {
            whenRefused.run();
            return refusal.get();
        }
        try {
            return request.get().with("x-ms-ratelimit-burst-remaining-xrm-requests", Integer.toString(remaining()));
        } finally {
            finished(start);
        }
    }

    private synchronized Optional<Reply> admit(long now) {
        expire(now);
        Duration window = limits.window();
        if (running >= limits.concurrent()) {
            return refused(
                    "0x80072326",
                    "Number of concurrent requests exceeded the limit of " + limits.concurrent() + ".",
                    1);
        } else if (starts.size() >= limits.requests()) {
            return refused(
                    "0x80072322",
                    "Number of requests exceeded the limit of " + limits.requests() + ", measured over time window of "
                            + window.toSeconds() + " seconds.",
                    secondsUntilFree(starts.getFirst(), now));
        } else if (spentMillis >= limits.executionTime().toMillis()) {
            return refused(
                    "0x80072321",
                    "Combined execution time of incoming requests exceeded limit of "
                            + limits.executionTime().toMillis() + " milliseconds over time window of "
                            + window.toSeconds() + " seconds. Decrease number of concurrent requests or reduce the"
                            + " duration of requests and try again later.",
                    secondsUntilFree(executions.getFirst().end(), now));
        }
        running++;
        if (limits.requests() < Integer.MAX_VALUE) {
            starts.add(now);
        }
        return Optional.empty();
    }

    private static Optional<Reply> refused(String code, String message, long seconds) {
        return Optional.of(DataverseError.reply(429, code, message).with("Retry-After", Long.toString(seconds)));
    }

    private long secondsUntilFree(long oldest, long now) {
        return Math.max(1, (oldest + limits.window().toMillis() - now + 999) / 1000);
    }

    private void expire(long now) {
        long horizon = now - limits.window().toMillis();
        while (!starts.isEmpty() && starts.getFirst() <= horizon) {
            starts.removeFirst();
        }
        while (!executions.isEmpty() && executions.getFirst().end() <= horizon) {
            spentMillis -= executions.removeFirst().millis();
        }
    }

    private synchronized void finished(long start) {
        running--;
        long end = clock.millis();
        if (end > start) {
            executions.add(new Execution(end, end - start));
            spentMillis += end - start;
        }
    }

    private synchronized int remaining() {
        return limits.requests() - starts.size();
    }
}
