package io.github.consentbridge.sync.worker;

import io.github.consentbridge.connectors.http.Deadline;
import io.github.consentbridge.connectors.http.RemoteException;
import io.github.consentbridge.connectors.http.RemoteSystem;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.sync.ledger.Pauses;
import io.github.consentbridge.sync.logging.LogFields;
import io.github.consentbridge.sync.logging.Metric;
import io.github.consentbridge.sync.logging.OutcomeLog;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Leaves a failing system alone, for all workers. */
final class SystemPauses {
    /** Wrong credentials and missing privileges are repaired by people. */
    private static final Duration UNTIL_SOMEBODY_LOOKS = Duration.ofMinutes(1);

    private final Pauses pauses;
    private final OutcomeLog outcomeLog;
    private final Clock clock;

    SystemPauses(Pauses pauses, OutcomeLog outcomeLog, Clock clock) {
        this.pauses = pauses;
        this.outcomeLog = outcomeLog;
        this.clock = clock;
    }

    /** How long this system is still to be left alone; empty if it is not. */
    Optional<Duration> left(RemoteSystem system) {
        @Nullable Instant until = pauses.pausedUntil().get(system);
        Instant now = clock.instant();
        return until != null && until.isAfter(now) ? Optional.of(Duration.between(now, until)) : Optional.empty();
    }

    /**
     * Pauses the system that failed, and says for how long. A system that has not answered because our own time is over is
     * not at fault: it is not paused.
     */
    Duration pause(RemoteException failure) {
        if (failure.kind() == RemoteException.Kind.UNAVAILABLE
                && Deadline.ofRequests().isOver()) {
            return Duration.ZERO;
        }
        Duration wait = failure.retryAfter().orElse(UNTIL_SOMEBODY_LOOKS);
        Side towards = failure.system() == RemoteSystem.DIDOMI ? Side.DIDOMI : Side.DYNAMICS;
        if (failure.kind() == RemoteException.Kind.THROTTLED) {
            outcomeLog.count(Metric.THROTTLED, towards, 1);
        }
        return pause(failure.system(), wait, String.valueOf(failure.getMessage()));
    }

    /** Pauses a system that cannot be asked until somebody has put something right, and says for how long. */
    Duration pause(RemoteSystem system, String why) {
        return pause(system, UNTIL_SOMEBODY_LOOKS, why);
    }

    private Duration pause(RemoteSystem system, Duration wait, String why) {
        pauses.pause(system, clock.instant().plus(wait));
        outcomeLog.tell(
                "paused",
                null,
                LogFields.of("system", system.name())
                        .and("seconds", wait.toSeconds())
                        .and("why", why));
        return wait;
    }
}
