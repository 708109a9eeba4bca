package io.github.consentbridge.sync.worker;

import io.github.consentbridge.connectors.http.Deadline;
import io.github.consentbridge.connectors.http.RemoteException;
import io.github.consentbridge.connectors.http.RemoteSystem;
import io.github.consentbridge.connectors.http.SingleTry;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.mapping.document.OrganizationUserId;
import io.github.consentbridge.sync.connections.Connections;
import io.github.consentbridge.sync.credentials.CredentialsException;
import io.github.consentbridge.sync.isolation.FailureOwnership;
import io.github.consentbridge.sync.isolation.Operation;
import io.github.consentbridge.sync.ledger.Pauses;
import io.github.consentbridge.sync.logging.LogFields;
import io.github.consentbridge.sync.logging.Metric;
import io.github.consentbridge.sync.logging.OutcomeLog;
import io.github.consentbridge.sync.queue.Delivery;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Pauses a failing system for all workers, and says what becomes of the deliveries that met the failure. */
final class SystemPauses {
    /** Used without {@code Retry-After}: wrong credentials and missing privileges are repaired by people. */
    private static final Duration DEFAULT_PAUSE = Duration.ofMinutes(1);

    /** How long the other workers wait for the answer to one request, unless it comes before. */
    private static final Duration PROBE_TIME = Duration.ofMinutes(1);

    private final Pauses pauses;
    private final Connections connections;
    private final FailureOwnership ownership;
    private final OutcomeLog outcomeLog;
    private final Clock clock;

    /** The pauses that we have set, to notice when one was lifted. */
    private final Map<RemoteSystem, Instant> ours = new ConcurrentHashMap<>();

    SystemPauses(Pauses pauses, Connections connections, OutcomeLog outcomeLog, Clock clock) {
        this.pauses = pauses;
        this.connections = connections;
        this.ownership = new FailureOwnership(clock);
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
            return Optional.of(pause(system, DEFAULT_PAUSE, String.valueOf(e.getMessage())));
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
            pause(system, DEFAULT_PAUSE, String.valueOf(e.getMessage()));
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

    /**
     * For the records of one request, or of one step.
     *
     * @param probe asks the system for something harmless of the same kind, and throws if it does not answer
     */
    RecordResults results(Operation operation, Runnable probe) {
        return new RecordResults(operation, probe);
    }

    /**
     * What became of the records of one request or step, and what follows for those that failed. All results are recorded
     * before the first outcome is asked for, because it depends on them. The system is probed and paused once, however
     * many records failed. For one thread.
     */
    final class RecordResults {
        private final Operation operation;
        private final Runnable probe;
        private boolean succeeded;
        private @Nullable Boolean answering;
        private @Nullable DeliveryOutcome paused;

        private RecordResults(Operation operation, Runnable probe) {
            this.operation = operation;
            this.probe = probe;
        }

        /** @param record the organization user id, or the contact's id where that is not known yet */
        void succeeded(String record) {
            succeeded = true;
            ownership.succeeded(operation, record);
        }

        void failed(String record, RemoteException failure) {
            if (!isOurTimeOver(failure)) {
                ownership.failed(operation, record, failure);
            }
        }

        /** What becomes of a record whose failure was recorded. */
        DeliveryOutcome outcome(String record, RemoteException failure) {
            if (!failure.concernsSystem()) {
                return recordFailed(operation, failure);
            }
            if (isOurTimeOver(failure)) {
                return pausedOnce(failure);
            }
            return switch (ownership.ownerOf(operation, record, failure, succeeded, this::isAnswering)) {
                case RECORD -> recordFailed(operation, failure);
                case SYSTEM -> pausedOnce(failure);
                case UNKNOWN -> undecided(failure);
            };
        }

        private DeliveryOutcome pausedOnce(RemoteException failure) {
            @Nullable DeliveryOutcome outcome = paused;
            if (outcome == null) {
                outcome = outcomeAfter(failure);
                paused = outcome;
            }
            return outcome;
        }

        private boolean isAnswering() {
            @Nullable Boolean known = answering;
            if (known == null) {
                known = answers(probe);
                answering = known;
            }
            return known;
        }
    }

    private static boolean answers(Runnable probe) {
        try {
            return SingleTry.during(() -> {
                probe.run();
                return true;
            });
        } catch (RemoteException e) {
            return false;
        }
    }

    private DeliveryOutcome recordFailed(Operation operation, RemoteException failure) {
        outcomeLog.fault("record failed", failure, LogFields.of("operation", operation.name()));
        String reason = operation.failed() + ": " + failure.getMessage();
        return switch (failure.kind()) {
            case CONFLICT -> new DeliveryOutcome.Failed(reason);
            case PERMANENT -> new DeliveryOutcome.Dead(reason);
            default -> new DeliveryOutcome.Failed(reason, DeliveryOutcome.Patience.HOURS);
        };
    }

    /** Several records fail and none succeeds, but the system answers: they wait, and it is not paused for others. */
    private DeliveryOutcome undecided(RemoteException failure) {
        outcomeLog.log(
                "waiting",
                null,
                LogFields.of("system", failure.system().name()).and("why", String.valueOf(failure.getMessage())));
        return new DeliveryOutcome.Postponed(DEFAULT_PAUSE);
    }

    /** Whether the person makes requests fail in which others are. */
    boolean isTriedApart(OrganizationUserId person) {
        return ownership.isTriedApart(person.value());
    }

    /** The same for a delivery that is not read yet: a former failure counts unless it is known to harm no others. */
    boolean isTriedApart(Delivery delivery) {
        return delivery.attempts() > 0 && !ownership.failsAloneOnly(delivery.person());
    }

    /**
     * Pauses the system that failed, and says for how long. A system that has not answered because our own time is over is
     * not at fault: it is not paused.
     */
    private Duration pause(RemoteException failure) {
        if (isOurTimeOver(failure)) {
            return Duration.ZERO;
        }
        Side towards = failure.system() == RemoteSystem.DIDOMI ? Side.DIDOMI : Side.DYNAMICS;
        if (failure.kind() == RemoteException.Kind.THROTTLED) {
            outcomeLog.count(Metric.THROTTLED, towards, 1);
        }
        return pause(failure.system(), waitAfter(failure), String.valueOf(failure.getMessage()));
    }

    private static Duration waitAfter(RemoteException failure) {
        return isOurTimeOver(failure) ? Duration.ZERO : failure.retryAfter().orElse(DEFAULT_PAUSE);
    }

    static boolean isOurTimeOver(RemoteException failure) {
        return failure.kind() == RemoteException.Kind.UNAVAILABLE
                && Deadline.ofRequests().isOver();
    }

    private Duration pause(RemoteSystem system, Duration wait, String why) {
        Instant until = clock.instant().plus(wait);
        pauses.pause(system, until);
        ours.merge(system, until, (one, other) -> one.isAfter(other) ? one : other);
        outcomeLog.log(
                "paused",
                null,
                LogFields.of("system", system.name())
                        .and("seconds", wait.toSeconds())
                        .and("why", why));
        return wait;
    }
}
