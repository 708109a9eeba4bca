package io.github.consentbridge.sync.worker;

import io.github.consentbridge.connectors.http.Deadline;
import io.github.consentbridge.connectors.http.RemoteException;
import io.github.consentbridge.sync.connections.Connections;
import io.github.consentbridge.sync.credentials.CredentialsException;
import io.github.consentbridge.sync.logging.LogFields;
import io.github.consentbridge.sync.logging.OutcomeLog;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/** Settles people until each is finished: again where the row or the ledger had changed meanwhile. */
final class SettleRounds {
    /** How often a person is settled anew. */
    static final int MOST = 5;

    static final DeliveryOutcome AFTER_REFUSED_CREDENTIALS = new DeliveryOutcome.Postponed(Duration.ofMinutes(1));

    /** With less time than this, nothing new is begun. */
    private static final Duration MIN_TIME = Duration.ofSeconds(5);

    private final SettleRound round;
    private final Connections connections;
    private final SystemPauses pauses;
    private final OutcomeLog outcomeLog;

    SettleRounds(SettleRound round, Connections connections, SystemPauses pauses, OutcomeLog outcomeLog) {
        this.round = round;
        this.connections = connections;
        this.pauses = pauses;
        this.outcomeLog = outcomeLog;
    }

    /** Settles these people; each has a fate afterwards. */
    void settle(Collection<PersonTask> tasks, Deadline deadline, Approval approval) {
        for (int rounds = 0; rounds < MOST; rounds++) {
            List<PersonTask> open = tasks.stream().filter(PersonTask::isOpen).toList();
            if (open.isEmpty()) {
                return;
            }
            if (deadline.remaining().compareTo(MIN_TIME) < 0) {
                open.forEach(task -> task.end(new DeliveryOutcome.Postponed(Duration.ZERO)));
                return;
            }
            try {
                round.run(open, approval);
            } catch (RemoteException e) {
                if (!connections.refreshAfter(e)) {
                    postpone(open, e);
                }
            } catch (CredentialsException e) {
                outcomeLog.fault("credentials", e, LogFields.none());
                open.forEach(task -> task.end(AFTER_REFUSED_CREDENTIALS));
            }
        }
        tasks.stream()
                .filter(PersonTask::isOpen)
                .forEach(task ->
                        task.end(new DeliveryOutcome.Failed("the contact or its ledger entry changed during each of "
                                + MOST + " attempts: replay it when the contact is at rest")));
    }

    private void postpone(List<PersonTask> open, RemoteException failure) {
        DeliveryOutcome outcome = outcomeAfter(failure, open.size());
        open.stream().filter(PersonTask::isOpen).forEach(task -> task.end(outcome));
    }

    /** A failure of a whole system blames no delivery: it is paused for everybody, and what is in hand goes back. */
    DeliveryOutcome outcomeAfter(RemoteException failure, int affected) {
        if (failure.concernsSystem()) {
            return new DeliveryOutcome.Postponed(pauses.pause(failure));
        }
        outcomeLog.fault("settling failed", failure, LogFields.of("affected", affected));
        return new DeliveryOutcome.Failed(String.valueOf(failure.getMessage()));
    }
}
