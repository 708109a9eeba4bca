package io.github.consentbridge.standalone.host;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** Wakes waiting threads. A signal raised while no thread waits is kept for the next one. */
final class Signal {
    private final Lock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean raised;
    private boolean closed;

    void raise() {
        lock.lock();
        try {
            raised = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Ends all waits, now and later. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the signal is raised or closed, at most this long. */
    void await(Duration limit) {
        wait(limit, true);
    }

    /** Waits this time or until the signal is closed; raising it does not end the wait. */
    void pause(Duration time) {
        wait(time, false);
    }

    private void wait(Duration time, boolean untilRaised) {
        long end = System.nanoTime() + time.toNanos();
        lock.lock();
        try {
            while (!closed && !(untilRaised && raised) && end - System.nanoTime() > 0) {
                changed.awaitNanos(end - System.nanoTime());
            }
            raised &= !untilRaised;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }
}
