package io.github.consentbridge.sync.credentials;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Caches the secret, wherever it is read from: for at most five minutes, and for two seconds when the present one is asked
 * for. Reads nothing before the first call. Safe for use by several threads, which share one read.
 */
public abstract class CachedCredentials implements Credentials {
    private static final Duration MAX_AGE = Duration.ofMinutes(5);

    /** A sender that guesses keys must not make us read the secret for each guess. */
    private static final Duration MIN_AGE = Duration.ofSeconds(2);

    private final Clock clock;
    private @Nullable BridgeSecret cached;
    private Instant readAt = Instant.MIN;

    protected CachedCredentials(Clock clock) {
        this.clock = clock;
    }

    /** Throws a {@link CredentialsException} if the secret cannot be read; the next call reads it again. */
    protected abstract BridgeSecret read();

    @Override
    public final BridgeSecret current() {
        return youngerThan(MAX_AGE);
    }

    @Override
    public final BridgeSecret refreshed() {
        return youngerThan(MIN_AGE);
    }

    private synchronized BridgeSecret youngerThan(Duration age) {
        @Nullable BridgeSecret known = cached;
        if (known != null && clock.instant().isBefore(readAt.plus(age))) {
            return known;
        }
        BridgeSecret now = read();
        cached = now;
        readAt = clock.instant();
        return now;
    }
}
