package io.github.consentbridge.sync.credentials;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Caches the secret, wherever it is read from: for at most five minutes, and for two seconds when the present one is asked
 * for. Reads nothing before the first call. Safe for use by several threads, which share one read.
 */
public final class CachedCredentials implements Credentials {
    private static final Duration MAX_AGE = Duration.ofMinutes(5);

    /** A sender that guesses keys must not make us read the secret for each guess. */
    private static final Duration MIN_AGE = Duration.ofSeconds(2);

    private final Supplier<BridgeSecret> source;
    private final Clock clock;
    private @Nullable BridgeSecret read;
    private Instant readAt = Instant.MIN;

    /** @param source reads the secret; throws {@link CredentialsException} if it cannot, and is then asked again */
    public CachedCredentials(Supplier<BridgeSecret> source, Clock clock) {
        this.source = source;
        this.clock = clock;
    }

    @Override
    public BridgeSecret current() {
        return youngerThan(MAX_AGE);
    }

    @Override
    public BridgeSecret refreshed() {
        return youngerThan(MIN_AGE);
    }

    private synchronized BridgeSecret youngerThan(Duration age) {
        @Nullable BridgeSecret known = read;
        if (known != null && clock.instant().isBefore(readAt.plus(age))) {
            return known;
        }
        BridgeSecret now = source.get();
        read = now;
        readAt = clock.instant();
        return now;
    }
}
