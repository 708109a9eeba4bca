package io.github.consentbridge.standalone.host;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** Wakes who waits for work. A signal that is raised while nobody waits is kept for the next who does. */
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

    /** Nobody waits any longer, now or later. */
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

    /** Returns when the signal is raised, after this time, or when it is closed. */
    void await(Duration most) {
        wait(most, true);
    }

    /** The same, but a signal does not end it. */
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
