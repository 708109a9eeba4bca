package io.github.consentbridge.connectors.http;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How many calls may run at once. Halved after throttling, raised by one after as many successes as twenty times the
 * present limit, so that it finds what the other side bears and stays near it.
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
            throw new IllegalArgumentException("a limit below 1 lets nothing through");
        }
        this.most = most;
        this.limit = most;
    }

    /** Waits for a free place; false if none came free in time. Each true needs one {@link #release()}. */
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
