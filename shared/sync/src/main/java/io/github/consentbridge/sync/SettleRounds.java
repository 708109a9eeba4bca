package io.github.consentbridge.sync;

import io.github.consentbridge.credentials.CredentialsException;
import io.github.consentbridge.remote.Deadline;
import io.github.consentbridge.remote.RemoteException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/** Settles people until each is finished: again where the row or the ledger had changed meanwhile. */
final class SettleRounds {
    /** How often a person is settled anew. */
    static final int MOST = 5;

    static final Fate AFTER_REFUSED_CREDENTIALS = new Fate.Postponed(Duration.ofMinutes(1));

    /** With less time than this, nothing new is begun. */
    private static final Duration LEAST_TIME = Duration.ofSeconds(5);

    private final SettleRound round;
    private final Connections connections;
    private final SystemPauses pauses;
    private final Journal journal;

    SettleRounds(SettleRound round, Connections connections, SystemPauses pauses, Journal journal) {
        this.round = round;
        this.connections = connections;
        this.pauses = pauses;
        this.journal = journal;
    }

    /** Settles these people; each has a fate afterwards. */
    void settle(Collection<PersonTask> tasks, Deadline deadline, Approval approval) {
        for (int rounds = 0; rounds < MOST; rounds++) {
            List<PersonTask> open = tasks.stream().filter(PersonTask::isOpen).toList();
            if (open.isEmpty()) {
                return;
            }
            if (deadline.remaining().compareTo(LEAST_TIME) < 0) {
                open.forEach(task -> task.end(new Fate.Postponed(Duration.ZERO)));
                return;
            }
            try {
                round.run(open, approval);
            } catch (RemoteException e) {
                if (!connections.refreshAfter(e)) {
                    postpone(open, e);
                }
            } catch (CredentialsException e) {
                journal.fault("credentials", e, Facts.none());
                open.forEach(task -> task.end(AFTER_REFUSED_CREDENTIALS));
            }
        }
        tasks.stream()
                .filter(PersonTask::isOpen)
                .forEach(task -> task.end(new Fate.Failed("the contact or its ledger entry changed during each of "
                        + MOST + " attempts: replay it when the contact is at rest")));
    }

    private void postpone(List<PersonTask> open, RemoteException failure) {
        Fate fate = fateAfter(failure, open.size());
        open.stream().filter(PersonTask::isOpen).forEach(task -> task.end(fate));
    }

    /** A failure of a whole system blames no delivery: it is paused for everybody, and what is in hand goes back. */
    Fate fateAfter(RemoteException failure, int affected) {
        if (failure.concernsSystem()) {
            return new Fate.Postponed(pauses.pause(failure));
        }
        journal.fault("settling failed", failure, Facts.of("affected", affected));
        return new Fate.Failed(String.valueOf(failure.getMessage()));
    }
}
