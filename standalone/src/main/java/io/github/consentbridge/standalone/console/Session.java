package io.github.consentbridge.standalone.console;

import io.github.consentbridge.connectors.http.Secret;
import java.time.Duration;
import java.time.Instant;

/** One browser that has opened the console. Safe for use by several threads. */
final class Session {
    /** Without a request for so long, it ends. */
    static final Duration MAX_IDLE = Duration.ofMinutes(15);

    private final Secret id;
    private final Secret csrf;
    private Instant lastUse;

    Session(Secret id, Secret csrf, Instant now) {
        this.id = id;
        this.csrf = csrf;
        this.lastUse = now;
    }

    /** The value of the cookie. */
    Secret id() {
        return id;
    }

    /** What each request that changes something must carry. */
    Secret csrf() {
        return csrf;
    }

    synchronized void use(Instant now) {
        lastUse = now;
    }

    /** Until it ends; not positive if it has ended. */
    synchronized Duration left(Instant now) {
        return Duration.between(now, lastUse.plus(MAX_IDLE));
    }
}
