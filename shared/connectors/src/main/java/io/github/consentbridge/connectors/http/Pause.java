package io.github.consentbridge.connectors.http;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/** Until when all calls of one client to a remote system are paused. */
final class Pause {
    private final Clock clock;
    private final AtomicReference<Instant> until = new AtomicReference<>(Instant.MIN);

    Pause(Clock clock) {
        this.clock = clock;
    }

    /** Pauses from now; never shortens a longer pause. */
    void atLeast(Duration wait) {
        Instant end = clock.instant().plus(wait);
        until.accumulateAndGet(end, (one, other) -> one.isAfter(other) ? one : other);
    }

    void end() {
        until.set(Instant.MIN);
    }

    /** The remaining pause; zero if there is none. */
    Duration remaining() {
        Instant now = clock.instant();
        Instant end = until.get();
        return end.isAfter(now) ? Duration.between(now, end) : Duration.ZERO;
    }
}
