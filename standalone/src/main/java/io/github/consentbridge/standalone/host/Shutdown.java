package io.github.consentbridge.standalone.host;

import io.github.consentbridge.connectors.http.Deadline;
import java.time.Duration;

/**
 * The deadline of everything in this process: far away until the process is asked to end, and from then on what is left of
 * the time for that. Shared by all threads; once begun it is never put off.
 */
final class Shutdown implements Deadline {
    /** For work under way. A process has 20 seconds to end; the rest is for closing the store. */
    private static final Duration TIME = Duration.ofSeconds(15);

    private static final Duration NOT_BEGUN = Duration.ofDays(1);

    private volatile boolean begun;
    private volatile long beganAt;

    /** Starts the clock; has no effect the second time. */
    synchronized void begin() {
        if (!begun) {
            beganAt = System.nanoTime();
            begun = true;
        }
    }

    @Override
    public Duration remaining() {
        return begun ? TIME.minusNanos(System.nanoTime() - beganAt) : NOT_BEGUN;
    }

    /** Waits for a thread to end, no longer than the deadline. */
    void join(Thread thread) {
        try {
            thread.join(Math.max(1, remaining().toMillis()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
