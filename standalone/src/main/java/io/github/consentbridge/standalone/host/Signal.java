package io.github.consentbridge.standalone.host;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Wakes waiting threads. A signal raised while no thread waits is kept for the next one. */
final class Signal {
    private boolean raised;
    private boolean closed;

    synchronized void raise() {
        raised = true;
        notifyAll();
    }

    /** Ends all waits, now and later. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /** Waits until the signal is raised or closed, at most this long. */
    void await(Duration limit) {
        wait(limit, true);
    }

    /** Waits this time or until the signal is closed; raising it does not end the wait. */
    void pause(Duration time) {
        wait(time, false);
    }

    private synchronized void wait(Duration time, boolean untilRaised) {
        long end = System.nanoTime() + time.toNanos();
        try {
            while (!closed && !(untilRaised && raised) && end - System.nanoTime() > 0) {
                TimeUnit.NANOSECONDS.timedWait(this, end - System.nanoTime());
            }
            raised &= !untilRaised;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
