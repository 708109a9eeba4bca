package io.github.consentbridge.sync.worker;

import io.github.consentbridge.connectors.http.Deadline;
import io.github.consentbridge.connectors.http.RemoteSystem;
import io.github.consentbridge.mapping.delivery.DidomiReader;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.sync.connections.Connections;
import io.github.consentbridge.sync.connections.SchemaSource;
import io.github.consentbridge.sync.ledger.ConsentLedger;
import io.github.consentbridge.sync.ledger.Pauses;
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
    private final BatchIntake intake;
    private final SettleRounds rounds;
    private final SystemPauses pauses;

    public SyncWorker(
            Integration integration,
            Connections connections,
            ConsentLedger ledger,
            Pauses pauses,
            OutcomeLog outcomeLog,
            Clock clock) {
        DidomiReader didomi = new DidomiReader(integration, connections.identity());
        SchemaSource schemas = new SchemaSource(integration, connections, clock);
        Outcomes outcomes = new Outcomes(outcomeLog, clock);
        ContactIntake contacts =
                new ContactIntake(integration, schemas, connections, ledger, outcomeLog, outcomes, clock);
        this.pauses = new SystemPauses(pauses, outcomeLog, clock);
        this.intake = new BatchIntake(integration, didomi, contacts, this.pauses, outcomes);
        this.rounds = new SettleRounds(integration, schemas, connections, ledger, didomi, this.pauses, outcomes, clock);
    }

    /**
     * Applies deliveries.
     *
     * @param deadline when it must be over; people that are not reached in time are postponed
     * @return what became of each
     * @throws io.github.consentbridge.sync.storage.StorageException if our own storage fails: then nothing is known to be
     *     applied, and all of the batch is to be handled again
     */
    public Map<Delivery, DeliveryOutcome> handle(List<Delivery> batch, Deadline deadline) {
        Map<Delivery, DeliveryOutcome> outcomes = new LinkedHashMap<>();
        Optional<Duration> pause = pauses.left(RemoteSystem.DATAVERSE);
        if (pause.isPresent()) {
            batch.forEach(delivery -> outcomes.put(delivery, new DeliveryOutcome.Postponed(pause.get())));
            return outcomes;
        }
        BatchIntake.Result read = intake.read(batch);
        outcomes.putAll(read.finished());
        outcomes.putAll(rounds.settle(PersonNews.merged(read.people()), deadline, plan -> true)
                .deliveryOutcomes());
        return outcomes;
    }
}
