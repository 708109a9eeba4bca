package io.github.consentbridge.sync.worker;

import io.github.consentbridge.connectors.http.RemoteException;
import io.github.consentbridge.connectors.http.RemoteSystem;
import io.github.consentbridge.connectors.http.SingleTry;
import io.github.consentbridge.mapping.document.OrganizationUserId;
import io.github.consentbridge.sync.connections.Connections;
import io.github.consentbridge.sync.credentials.CredentialsException;
import io.github.consentbridge.sync.isolation.FailureOwnership;
import io.github.consentbridge.sync.isolation.Operation;
import io.github.consentbridge.sync.ledger.Pauses;
import io.github.consentbridge.sync.logging.LogFields;
import io.github.consentbridge.sync.logging.OutcomeLog;
import io.github.consentbridge.sync.queue.Delivery;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Pauses a failing system for all workers, and says what becomes of the deliveries that met the failure. */
final class SystemPauses {
    private final SharedPauses pauses;
    private final FailureOwnership ownership;
    private final OutcomeLog outcomeLog;

    SystemPauses(Pauses pauses, Connections connections, OutcomeLog outcomeLog, Clock clock) {
        this.pauses = new SharedPauses(pauses, connections, outcomeLog, clock);
        this.ownership = new FailureOwnership(clock);
        this.outcomeLog = outcomeLog;
    }

    /** How long this system stays paused; empty if it is not. */
    Optional<Duration> left(RemoteSystem system) {
        return pauses.left(system);
    }

    SharedPauses shared() {
        return pauses;
    }

    /** Whether Didomi must not be asked now. */
    boolean isDidomiPaused() {
        return left(RemoteSystem.DIDOMI).isPresent();
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
                ? new DeliveryOutcome.Postponed(pauses.pause(failure), failure)
                : new DeliveryOutcome.Failed(String.valueOf(failure.getMessage()));
    }

    /** The same for a secret without Dataverse's credentials: nothing can be done until it is completed. */
    DeliveryOutcome outcomeAfter(CredentialsException failure) {
        outcomeLog.fault("credentials", failure, LogFields.none());
        return new DeliveryOutcome.Postponed(SharedPauses.DEFAULT_PAUSE, failure);
    }

    /** The same for a secret without this system's credentials: people who do not need the system are not affected. */
    DeliveryOutcome outcomeAfter(CredentialsException failure, RemoteSystem system) {
        return new DeliveryOutcome.Postponed(pauses.pause(system, failure), failure);
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
            if (!SharedPauses.isOurTimeOver(failure)) {
                ownership.failed(operation, record, failure);
            }
        }

        /** What becomes of a record whose failure was recorded. */
        DeliveryOutcome outcome(String record, RemoteException failure) {
            if (!failure.concernsSystem()) {
                return recordFailed(operation, failure);
            }
            if (SharedPauses.isOurTimeOver(failure)) {
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
        return new DeliveryOutcome.Postponed(SharedPauses.DEFAULT_PAUSE, failure);
    }

    /** Whether the person makes requests fail in which others are. */
    boolean isTriedApart(OrganizationUserId person) {
        return ownership.isTriedApart(person.value());
    }

    /** The same for a delivery that is not read yet: a former failure counts unless it is known to harm no others. */
    boolean isTriedApart(Delivery delivery) {
        return delivery.attempts() > 0 && !ownership.failsAloneOnly(delivery.person());
    }
}
