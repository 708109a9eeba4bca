package io.github.consentbridge.sync.worker;

import io.github.consentbridge.connectors.http.Deadline;
import io.github.consentbridge.connectors.http.RemoteException;
import io.github.consentbridge.connectors.http.RemoteSystem;
import io.github.consentbridge.mapping.delivery.ContactChange;
import io.github.consentbridge.mapping.delivery.DidomiReader;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.sync.connections.Connections;
import io.github.consentbridge.sync.connections.SchemaSource;
import io.github.consentbridge.sync.credentials.CredentialsException;
import io.github.consentbridge.sync.ledger.ConsentLedger;
import io.github.consentbridge.sync.ledger.Pauses;
import io.github.consentbridge.sync.logging.LogFields;
import io.github.consentbridge.sync.logging.OutcomeLog;
import io.github.consentbridge.sync.queue.Delivery;
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
    private final OutcomeLog outcomeLog;

    public SyncWorker(
            Integration integration,
            Connections connections,
            ConsentLedger ledger,
            Pauses pauses,
            OutcomeLog outcomeLog,
            Clock clock) {
        DidomiReader didomi = new DidomiReader(integration.mappings());
        SchemaSource schemas = new SchemaSource(integration, connections, clock);
        this.integration = integration;
        this.intake = new BatchIntake(integration, didomi);
        this.contacts = new ContactIntake(integration, schemas, connections, ledger, outcomeLog);
        this.pauses = new SystemPauses(pauses, outcomeLog, clock);
        SettleRound round = new SettleRound(
                integration, schemas, connections, ledger, didomi, this.pauses, new Outcomes(outcomeLog, clock));
        this.rounds = new SettleRounds(round, connections, this.pauses, outcomeLog);
        this.outcomeLog = outcomeLog;
    }

    /**
     * Applies deliveries.
     *
     * @param deadline when it must be over; people for whom no time is left are postponed
     * @return what became of each
     * @throws io.github.consentbridge.sync.storage.StorageException if our own storage fails: then nothing is known to be
     *     applied, and all of the batch is to be handled again
     */
    public Map<Delivery, DeliveryOutcome> handle(List<Delivery> batch, Deadline deadline) {
        Map<Delivery, DeliveryOutcome> deliveryOutcomes = new LinkedHashMap<>();
        Optional<Duration> pause = pauses.left(RemoteSystem.DATAVERSE);
        if (pause.isPresent()) {
            batch.forEach(delivery -> deliveryOutcomes.put(delivery, new DeliveryOutcome.Postponed(pause.get())));
            return deliveryOutcomes;
        }
        People people = new People(integration);
        takeIn(intake.read(batch, people, deliveryOutcomes), people, deliveryOutcomes);
        rounds.settle(people.tasks(), deadline, Approval.ALWAYS);
        for (PersonTask task : people.tasks()) {
            task.deliveries().forEach(delivery -> deliveryOutcomes.put(delivery, task.outcome()));
        }
        return deliveryOutcomes;
    }

    /** Whatever stands in the way of reading what Dynamics told is in the way of all its deliveries. */
    private void takeIn(
            Map<Delivery, ContactChange> changes, People people, Map<Delivery, DeliveryOutcome> deliveryOutcomes) {
        for (int attempt = 1; ; attempt++) {
            try {
                contacts.take(changes, people, deliveryOutcomes);
                return;
            } catch (RemoteException e) {
                if (attempt == SettleRounds.MOST || !contacts.canTryAgain(e)) {
                    DeliveryOutcome outcome = rounds.outcomeAfter(e, changes.size());
                    changes.keySet().forEach(delivery -> deliveryOutcomes.put(delivery, outcome));
                    return;
                }
            } catch (CredentialsException e) {
                outcomeLog.fault("credentials", e, LogFields.none());
                changes.keySet()
                        .forEach(delivery -> deliveryOutcomes.put(delivery, SettleRounds.AFTER_REFUSED_CREDENTIALS));
                return;
            }
        }
    }
}
