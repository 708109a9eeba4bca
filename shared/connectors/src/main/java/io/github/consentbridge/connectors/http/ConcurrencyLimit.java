package io.github.consentbridge.connectors.http;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Limits concurrent calls. The limit is halved after throttling and raised by one after twenty successes per unit of
 * the current limit, so that it approaches what the other side can handle.
 */
final class ConcurrencyLimit {
    private static final int SUCCESSES_PER_STEP = 20;

    private final int max;
    private int limit;
    private int running;
    private int successes;

    /** Starts at its maximum. */
    ConcurrencyLimit(int max) {
        if (max < 1) {
            throw new IllegalArgumentException("a limit below 1 admits no calls");
        }
        this.max = max;
        this.limit = max;
    }

    /** Waits until a call may start; false if none may in time. Each true needs one {@link #release()}. */
    synchronized boolean acquire(Duration maxWait) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(maxWait.toMillis());
        while (running >= limit) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        running++;
        return true;
    }

    synchronized void release() {
        running--;
        notifyAll();
    }

    synchronized void throttled() {
        limit = Math.max(1, limit / 2);
        successes = 0;
    }

    synchronized void succeeded() {
        if (limit < max && ++successes >= SUCCESSES_PER_STEP * limit) {
            limit++;
            successes = 0;
            notifyAll();
        }
    }
}
