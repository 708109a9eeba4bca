package io.github.consentbridge.sync.credentials;

import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.sync.logging.LogFields;
import io.github.consentbridge.sync.logging.Metric;
import io.github.consentbridge.sync.logging.OutcomeLog;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Caches the secret, wherever it is read from: for at most five minutes, and for two seconds when the present one is asked
 * for. If it cannot be read again, the last good one serves for up to an hour after it was read; this is counted, and logged
 * with the reason. Reads nothing before the first call. Safe for use by several threads, which share one read.
 */
public abstract class CachedCredentials implements Credentials {
    private static final Duration MAX_AGE = Duration.ofMinutes(5);
    private static final Duration MAX_AGE_OF_LAST_GOOD = Duration.ofHours(1);

    /** A sender that guesses keys must not make us read the secret for each guess. */
    private static final Duration MIN_AGE = Duration.ofSeconds(2);

    /** A read that fails can take seconds, in which every request waits for it. */
    private static final Duration MIN_WAIT_AFTER_FAILURE = Duration.ofSeconds(30);

    private final Clock clock;
    private final Supplier<OutcomeLog> outcomeLog;
    private @Nullable Good lastGood;
    private @Nullable Failure failure;

    /** A secret that was read. */
    private record Good(BridgeSecret secret, Instant readAt) {}

    /** A read after the last good one, which failed. */
    private record Failure(CredentialsException reason, Instant triedAt) {}

    /** @param outcomeLog asked for when a read fails; it may itself need the secret to log a person */
    protected CachedCredentials(Clock clock, Supplier<OutcomeLog> outcomeLog) {
        this.clock = clock;
        this.outcomeLog = outcomeLog;
    }

    /** Throws a {@link CredentialsException} if the secret cannot be read now; a later call tries it again. */
    protected abstract BridgeSecret read();

    @Override
    public final synchronized BridgeSecret current() {
        Good good = lastGood;
        if (good != null && isYoungerThan(MAX_AGE, good.readAt())) {
            return good.secret();
        }
        try {
            return readAgain();
        } catch (CredentialsException e) {
            if (good == null || !isYoungerThan(MAX_AGE_OF_LAST_GOOD, good.readAt())) {
                throw e;
            }
            return good.secret();
        }
    }

    @Override
    public final synchronized BridgeSecret refreshed() {
        Good good = lastGood;
        return good != null && isYoungerThan(MIN_AGE, good.readAt()) ? good.secret() : readAgain();
    }

    @Override
    public final synchronized Optional<CredentialsException> failure() {
        return Optional.ofNullable(failure).map(Failure::reason);
    }

    private boolean isYoungerThan(Duration age, Instant time) {
        return clock.instant().isBefore(time.plus(age));
    }

    private BridgeSecret readAgain() {
        @Nullable Failure recent = failure;
        if (recent != null && isYoungerThan(waitAfterFailure(), recent.triedAt())) {
            throw recent.reason();
        }
        try {
            Good good = new Good(read(), clock.instant());
            lastGood = good;
            failure = null;
            return good.secret();
        } catch (CredentialsException e) {
            failure = new Failure(e, clock.instant());
            report(e);
            throw e;
        }
    }

    /** Without a secret nothing works, and whoever repairs it wants to see at once that it does. */
    private Duration waitAfterFailure() {
        return lastGood == null ? MIN_AGE : MIN_WAIT_AFTER_FAILURE;
    }

    /** A failure before the first success stops what needs the secret, which reports it. */
    private void report(CredentialsException reason) {
        @Nullable Good good = lastGood;
        if (good != null) {
            Instant until = good.readAt().plus(MAX_AGE_OF_LAST_GOOD);
            outcomeLog.get().count(Metric.SECRET_UNREADABLE, Side.DYNAMICS, 1);
            outcomeLog.get().fault("secret not read again", reason, LogFields.of("last_good_until", until.toString()));
        }
    }
}
