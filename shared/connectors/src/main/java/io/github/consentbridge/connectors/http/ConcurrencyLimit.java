package io.github.consentbridge.connectors.http;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Limits concurrent calls. The limit is halved after throttling and raised by one after twenty successes per unit of
 * the current limit, so that it approaches what the other side can handle.
 */
final class ConcurrencyLimit {
    private static final int SUCCESSES_PER_STEP = 20;

    private final int most;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition freed = lock.newCondition();
    private int limit;
    private int running;
    private int successes;

    /** Starts at its maximum. */
    ConcurrencyLimit(int most) {
        if (most < 1) {
            throw new IllegalArgumentException("a limit below 1 admits no calls");
        }
        this.most = most;
        this.limit = most;
    }

    /** Waits until a call may start; false if none may in time. Each true needs one {@link #release()}. */
    boolean acquire(Duration longest) throws InterruptedException {
        long nanos = TimeUnit.MILLISECONDS.toNanos(longest.toMillis());
        lock.lockInterruptibly();
        try {
            while (running >= limit) {
                if (nanos <= 0) {
                    return false;
                }
                nanos = freed.awaitNanos(nanos);
            }
            running++;
            return true;
        } finally {
            lock.unlock();
        }
    }

    void release() {
        lock.lock();
        try {
            running--;
            freed.signal();
        } finally {
            lock.unlock();
        }
    }

    void throttled() {
        lock.lock();
        try {
            limit = Math.max(1, limit / 2);
            successes = 0;
        } finally {
            lock.unlock();
        }
    }

    void succeeded() {
        lock.lock();
        try {
            if (limit < most && ++successes >= SUCCESSES_PER_STEP * limit) {
                limit++;
                successes = 0;
                freed.signal();
            }
        } finally {
            lock.unlock();
        }
    }
}
