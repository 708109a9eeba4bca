package io.github.consentbridge.sync.worker;

import io.github.consentbridge.connectors.http.Deadline;
import io.github.consentbridge.connectors.http.RemoteException;
import io.github.consentbridge.connectors.http.RemoteSystem;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.sync.connections.Connections;
import io.github.consentbridge.sync.credentials.CredentialsException;
import io.github.consentbridge.sync.ledger.Pauses;
import io.github.consentbridge.sync.logging.LogFields;
import io.github.consentbridge.sync.logging.LogLevel;
import io.github.consentbridge.sync.logging.Metric;
import io.github.consentbridge.sync.logging.OutcomeLog;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Keeps all workers away from a system that fails or asks us to wait, and finds out when it answers again. */
final class SharedPauses {
    /** Used without {@code Retry-After}: wrong credentials and missing privileges are repaired by people. */
    static final Duration DEFAULT_PAUSE = Duration.ofMinutes(1);

    /** For a time that is over already, as a date on another clock may be. */
    private static final Duration MIN_PAUSE = Duration.ofSeconds(1);

    /** How long the other workers wait for the answer to one request, unless it comes before. */
    private static final Duration PROBE_TIME = Duration.ofMinutes(1);

    private final Pauses pauses;
    private final Connections connections;
    private final OutcomeLog outcomeLog;
    private final Clock clock;

    /** The pauses that we have set, to notice when one was lifted. */
    private final Map<RemoteSystem, Instant> ours = new ConcurrentHashMap<>();

    SharedPauses(Pauses pauses, Connections connections, OutcomeLog outcomeLog, Clock clock) {
        this.pauses = pauses;
        this.connections = connections;
        this.outcomeLog = outcomeLog;
        this.clock = clock;
    }

    /**
     * How long this system stays paused; empty if it is not. When a pause is over, one of all workers asks the system
     * something harmless; the others wait until it has answered.
     */
    Optional<Duration> left(RemoteSystem system) {
        @Nullable Instant until = pauses.pausedUntil().get(system);
        Instant now = clock.instant();
        if (until == null) {
            followLift(system, now);
            return Optional.empty();
        }
        if (until.isAfter(now)) {
            return Optional.of(Duration.between(now, until));
        }
        Instant answerBy = now.plus(PROBE_TIME).truncatedTo(ChronoUnit.MILLIS);
        return pauses.replace(system, until, answerBy) ? asked(system, answerBy) : left(system);
    }

    /** Somebody who knew that the system answers has ended the pause: our client must not keep its own. */
    private void followLift(RemoteSystem system, Instant now) {
        @Nullable Instant known = ours.remove(system);
        if (known != null && known.isAfter(now)) {
            connections.endPause(system);
        }
    }

    private Optional<Duration> asked(RemoteSystem system, Instant answerBy) {
        try {
            connections.probe(system);
        } catch (RemoteException e) {
            Duration wait = waitAfter(e);
            pauses.replace(system, answerBy, clock.instant().plus(wait));
            return Optional.of(isOurTimeOver(e) ? wait : pause(e));
        } catch (CredentialsException e) {
            return Optional.of(pause(system, e));
        }
        pauses.end(system, answerBy);
        ours.remove(system);
        outcomeLog.log("resumed", null, LogFields.of("system", system.name()));
        return Optional.empty();
    }

    /** Asks each system, or waits for its pause, and pauses it if it fails: what is wrong shows before a delivery comes. */
    void check(RemoteSystem system) {
        if (left(system).isPresent()) {
            return;
        }
        try {
            connections.probe(system);
        } catch (RemoteException e) {
            pause(e);
        } catch (CredentialsException e) {
            pause(system, e);
        }
    }

    /** Asks the systems whose pause is over. */
    void askPaused() {
        Instant now = clock.instant();
        pauses.pausedUntil().forEach((system, until) -> {
            if (!until.isAfter(now)) {
                left(system);
            }
        });
    }

    /**
     * Pauses the system that failed, and says for how long. A system that has not answered because our own time is over is
     * not at fault: it is not paused.
     */
    Duration pause(RemoteException failure) {
        if (isOurTimeOver(failure)) {
            return Duration.ZERO;
        }
        Side towards = failure.system() == RemoteSystem.DIDOMI ? Side.DIDOMI : Side.DYNAMICS;
        if (failure.kind() == RemoteException.Kind.THROTTLED) {
            outcomeLog.count(Metric.THROTTLED, towards, 1);
        }
        boolean isRefusal =
                failure.kind() == RemoteException.Kind.UNAUTHORIZED || failure.kind() == RemoteException.Kind.PERMANENT;
        return pause(
                failure.system(),
                waitAfter(failure),
                isRefusal ? LogLevel.ERROR : LogLevel.WARN,
                String.valueOf(failure.getMessage()));
    }

    private static Duration waitAfter(RemoteException failure) {
        if (isOurTimeOver(failure)) {
            return Duration.ZERO;
        }
        Duration asked = failure.retryAfter().orElse(DEFAULT_PAUSE);
        return asked.compareTo(MIN_PAUSE) < 0 ? MIN_PAUSE : asked;
    }

    static boolean isOurTimeOver(RemoteException failure) {
        return failure.kind() == RemoteException.Kind.UNAVAILABLE
                && Deadline.ofRequests().isOver();
    }

    /** The secret lacks what the system needs. */
    Duration pause(RemoteSystem system, CredentialsException failure) {
        return pause(system, DEFAULT_PAUSE, LogLevel.ERROR, String.valueOf(failure.getMessage()));
    }

    private Duration pause(RemoteSystem system, Duration wait, LogLevel level, String why) {
        Instant until = clock.instant().plus(wait);
        pauses.pause(system, until);
        ours.merge(system, until, (one, other) -> one.isAfter(other) ? one : other);
        outcomeLog.log(
                level,
                "paused",
                null,
                LogFields.of("system", system.name())
                        .and("seconds", wait.toSeconds())
                        .and("why", why));
        return wait;
    }
}
