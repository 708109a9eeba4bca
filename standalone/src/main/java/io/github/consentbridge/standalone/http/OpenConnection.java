package io.github.consentbridge.standalone.http;

import java.time.Duration;
import java.util.OptionalLong;
import org.eclipse.jetty.io.EndPoint;

/**
 * One connection: what the server waits for there, and until when. The last call counts. Safe for use by several threads.
 */
final class OpenConnection {
    /** In which order connections are given up for others; the last is never. */
    enum Use {
        IDLE,
        BODY,
        WORK
    }

    private final EndPoint endPoint;
    private final HttpLimits limits;
    private volatile Wait wait;

    private record Wait(Use use, long since, long nanos, Runnable expired) {
        boolean isOver(long now) {
            return now - since > nanos;
        }
    }

    OpenConnection(EndPoint endPoint, HttpLimits limits) {
        this.endPoint = endPoint;
        this.limits = limits;
        this.wait = wait(Use.IDLE, limits.firstHead(), this::close);
    }

    private static Wait wait(Use use, Duration time, Runnable expired) {
        return new Wait(use, System.nanoTime(), time.toNanos(), expired);
    }

    void awaitNextHead() {
        wait = wait(Use.IDLE, limits.keepAlive(), this::close);
    }

    /** @param expired what happens after this time; must not block */
    void awaitBody(Duration time, Runnable expired) {
        wait = wait(Use.BODY, time, expired);
    }

    void awaitAnswer(Duration time, Runnable expired) {
        wait = wait(Use.WORK, time, expired);
    }

    /** An answer that takes as long as it takes. */
    void awaitAnswer() {
        wait = new Wait(Use.WORK, System.nanoTime(), Long.MAX_VALUE, this::close);
    }

    /** The answer is on its way, and perhaps the sender is still sending. */
    void awaitEnd() {
        wait = wait(Use.IDLE, limits.linger(), this::close);
    }

    /** How long, in nanoseconds, it has been in this use; empty if it is in another. */
    OptionalLong nanosIn(Use use) {
        Wait now = wait;
        return now.use == use ? OptionalLong.of(System.nanoTime() - now.since) : OptionalLong.empty();
    }

    void endIfExpired(long now) {
        Wait current = wait;
        if (current.isOver(now)) {
            try {
                current.expired.run();
            } catch (RuntimeException e) {
                // It can no longer be answered; the others still have to be looked at.
                close();
            }
        }
    }

    void close() {
        endPoint.close();
    }
}
