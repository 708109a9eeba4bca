package io.github.consentbridge.sync;

import io.github.consentbridge.credentials.CredentialsException;
import io.github.consentbridge.delivery.ContactChange;
import io.github.consentbridge.delivery.DidomiReader;
import io.github.consentbridge.ledger.ConsentLedger;
import io.github.consentbridge.ledger.Pauses;
import io.github.consentbridge.mapping.Integration;
import io.github.consentbridge.queue.Delivery;
import io.github.consentbridge.remote.Deadline;
import io.github.consentbridge.remote.RemoteException;
import io.github.consentbridge.remote.RemoteSystem;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Applies a batch of deliveries: one settle for all deliveries of a person, contacts found and written in bulk, the
 * ledger saved before and after each write. Safe for use by several threads and processes on the same people; handling
 * a delivery again is harmless.
 */
public final class SyncWorker {
    private final Integration integration;
    private final BatchIntake intake;
    private final ContactIntake contacts;
    private final SettleRounds rounds;
    private final SystemPauses pauses;
    private final Journal journal;

    public SyncWorker(
            Integration integration,
            Connections connections,
            ConsentLedger ledger,
            Pauses pauses,
            Journal journal,
            Clock clock) {
        DidomiReader didomi = new DidomiReader(integration.mappings());
        SchemaSource schemas = new SchemaSource(integration, connections, clock);
        this.integration = integration;
        this.intake = new BatchIntake(integration, didomi);
        this.contacts = new ContactIntake(integration, schemas, connections, ledger, journal);
        this.pauses = new SystemPauses(pauses, journal, clock);
        SettleRound round = new SettleRound(
                integration, schemas, connections, ledger, didomi, this.pauses, new Outcomes(journal, clock));
        this.rounds = new SettleRounds(round, connections, this.pauses, journal);
        this.journal = journal;
    }

    /**
     * Applies deliveries.
     *
     * @param deadline when it must be over; people for whom no time is left are postponed
     * @return what became of each
     * @throws io.github.consentbridge.storage.StorageException if our own storage fails: then nothing is known to be
     *     applied, and all of the batch is to be handled again
     */
    public Map<Delivery, Fate> handle(List<Delivery> batch, Deadline deadline) {
        Map<Delivery, Fate> fates = new LinkedHashMap<>();
        Optional<Duration> pause = pauses.left(RemoteSystem.DATAVERSE);
        if (pause.isPresent()) {
            batch.forEach(delivery -> fates.put(delivery, new Fate.Postponed(pause.get())));
            return fates;
        }
        People people = new People(integration);
        takeIn(intake.read(batch, people, fates), people, fates);
        rounds.settle(people.tasks(), deadline, Approval.ALWAYS);
        for (PersonTask task : people.tasks()) {
            task.deliveries().forEach(delivery -> fates.put(delivery, task.fate()));
        }
        return fates;
    }

    /** Whatever stands in the way of reading what Dynamics told is in the way of all its deliveries. */
    private void takeIn(Map<Delivery, ContactChange> changes, People people, Map<Delivery, Fate> fates) {
        for (int attempt = 1; ; attempt++) {
            try {
                contacts.take(changes, people, fates);
                return;
            } catch (RemoteException e) {
                if (attempt == SettleRounds.MOST || !contacts.canTryAgain(e)) {
                    Fate fate = rounds.fateAfter(e, changes.size());
                    changes.keySet().forEach(delivery -> fates.put(delivery, fate));
                    return;
                }
            } catch (CredentialsException e) {
                journal.fault("credentials", e, Facts.none());
                changes.keySet().forEach(delivery -> fates.put(delivery, SettleRounds.AFTER_REFUSED_CREDENTIALS));
                return;
            }
        }
    }
}
