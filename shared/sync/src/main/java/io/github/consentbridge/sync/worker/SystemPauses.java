package io.github.consentbridge.sync.worker;

import io.github.consentbridge.connectors.http.Deadline;
import io.github.consentbridge.connectors.http.RemoteException;
import io.github.consentbridge.connectors.http.RemoteSystem;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.sync.credentials.CredentialsException;
import io.github.consentbridge.sync.ledger.Pauses;
import io.github.consentbridge.sync.logging.LogFields;
import io.github.consentbridge.sync.logging.Metric;
import io.github.consentbridge.sync.logging.OutcomeLog;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Pauses a failing system for all workers, and says what becomes of the deliveries that met the failure. */
final class SystemPauses {
    /** Used without {@code Retry-After}: wrong credentials and missing privileges are repaired by people. */
    private static final Duration DEFAULT_PAUSE = Duration.ofMinutes(1);

    private final Pauses pauses;
    private final OutcomeLog outcomeLog;
    private final Clock clock;

    SystemPauses(Pauses pauses, OutcomeLog outcomeLog, Clock clock) {
        this.pauses = pauses;
        this.outcomeLog = outcomeLog;
        this.clock = clock;
    }

    /** How long this system stays paused; empty if it is not. */
    Optional<Duration> left(RemoteSystem system) {
        @Nullable Instant until = pauses.pausedUntil().get(system);
        Instant now = clock.instant();
        return until != null && until.isAfter(now) ? Optional.of(Duration.between(now, until)) : Optional.empty();
    }

    /**
     * What becomes of deliveries that are stopped by this failure. A failure of a whole system pauses it, and the
     * deliveries go back without a counted attempt.
     *
     * @param affected how many deliveries or people
     */
    DeliveryOutcome outcomeAfter(RemoteException failure, int affected) {
        if (!failure.concernsSystem()) {
            outcomeLog.fault("settling failed", failure, LogFields.of("affected", affected));
        }
        return outcomeAfter(failure);
    }

    /** The same for a single person. */
    DeliveryOutcome outcomeAfter(RemoteException failure) {
        return failure.concernsSystem()
                ? new DeliveryOutcome.Postponed(pause(failure))
                : new DeliveryOutcome.Failed(String.valueOf(failure.getMessage()));
    }

    /** The same for a secret without Dataverse's credentials: nothing can be done until it is completed. */
    DeliveryOutcome outcomeAfter(CredentialsException failure) {
        outcomeLog.fault("credentials", failure, LogFields.none());
        return new DeliveryOutcome.Postponed(DEFAULT_PAUSE);
    }

    /** The same for a secret without this system's credentials: people who do not need the system are not affected. */
    DeliveryOutcome outcomeAfter(CredentialsException failure, RemoteSystem system) {
        return new DeliveryOutcome.Postponed(pause(system, DEFAULT_PAUSE, String.valueOf(failure.getMessage())));
    }

    /** For the parts of one request: the system is paused once, however many of them failed. */
    Parts parts() {
        return new Parts();
    }

    /** What becomes of the people behind the failed parts of one request. */
    final class Parts {
        private @Nullable DeliveryOutcome paused;

        DeliveryOutcome outcomeAfter(RemoteException failure) {
            if (!failure.concernsSystem()) {
                return SystemPauses.this.outcomeAfter(failure);
            }
            @Nullable DeliveryOutcome outcome = paused;
            if (outcome == null) {
                outcome = SystemPauses.this.outcomeAfter(failure);
                paused = outcome;
            }
            return outcome;
        }
    }

    /**
     * Pauses the system that failed, and says for how long. A system that has not answered because our own time is over is
     * not at fault: it is not paused.
     */
    private Duration pause(RemoteException failure) {
        if (failure.kind() == RemoteException.Kind.UNAVAILABLE
                && Deadline.ofRequests().isOver()) {
            return Duration.ZERO;
        }
        Side towards = failure.system() == RemoteSystem.DIDOMI ? Side.DIDOMI : Side.DYNAMICS;
        if (failure.kind() == RemoteException.Kind.THROTTLED) {
            outcomeLog.count(Metric.THROTTLED, towards, 1);
        }
        Duration wait = failure.retryAfter().orElse(DEFAULT_PAUSE);
        return pause(failure.system(), wait, String.valueOf(failure.getMessage()));
    }

    private Duration pause(RemoteSystem system, Duration wait, String why) {
        pauses.pause(system, clock.instant().plus(wait));
        outcomeLog.log(
                "paused",
                null,
                LogFields.of("system", system.name())
                        .and("seconds", wait.toSeconds())
                        .and("why", why));
        return wait;
    }
}
