package io.github.consentbridge.sync.worker;

import io.github.consentbridge.connectors.http.Deadline;
import io.github.consentbridge.connectors.http.RemoteSystem;
import io.github.consentbridge.connectors.http.SingleTry;
import io.github.consentbridge.mapping.delivery.DidomiReader;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.sync.connections.Connections;
import io.github.consentbridge.sync.connections.RefusedMappingsException;
import io.github.consentbridge.sync.connections.SchemaSource;
import io.github.consentbridge.sync.ledger.ConsentLedger;
import io.github.consentbridge.sync.ledger.Pauses;
import io.github.consentbridge.sync.logging.OutcomeLog;
import io.github.consentbridge.sync.queue.Delivery;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Applies a batch of deliveries: one settle for all deliveries of a person, contacts found and written in bulk, the
 * ledger saved before and after each write. Safe for use by several threads and processes on the same people; handling
 * a delivery again is harmless.
 */
public final class SyncWorker {
    private final BatchIntake intake;
    private final SettleRounds rounds;
    private final SystemPauses pauses;
    private final SchemaSource schemas;

    public SyncWorker(
            Integration integration,
            Connections connections,
            ConsentLedger ledger,
            Pauses pauses,
            OutcomeLog outcomeLog,
            Clock clock) {
        DidomiReader didomi = new DidomiReader(integration, connections.identity());
        Outcomes outcomes = new Outcomes(outcomeLog, clock);
        this.pauses = new SystemPauses(pauses, connections, outcomeLog, clock);
        this.schemas = new SchemaSource(integration, connections, this.pauses::isDidomiPaused, clock);
        ContactIntake contacts =
                new ContactIntake(integration, schemas, connections, ledger, this.pauses, outcomeLog, outcomes, clock);
        this.intake = new BatchIntake(integration, didomi, contacts, this.pauses, outcomes);
        this.rounds = new SettleRounds(integration, schemas, connections, ledger, didomi, this.pauses, outcomes, clock);
    }

    /**
     * Applies deliveries.
     *
     * @param deadline when it must be over; people that are not reached in time are postponed
     * @return what became of each
     * @throws RefusedMappingsException if a mapping must be refused: nothing was written, all of the batch is to wait
     * @throws io.github.consentbridge.sync.storage.StorageException if our own storage fails: then nothing is known to be
     *     applied, and all of the batch is to be handled again
     */
    public Map<Delivery, DeliveryOutcome> handle(List<Delivery> batch, Deadline deadline) {
        refusal().ifPresent(refused -> {
            throw refused;
        });
        if (pauses.left(RemoteSystem.DATAVERSE).isPresent()) {
            return postponed(batch);
        }
        Map<Delivery, DeliveryOutcome> outcomes = new LinkedHashMap<>();
        Map<Boolean, List<Delivery>> byTrouble =
                batch.stream().collect(Collectors.partitioningBy(pauses::isTriedApart));
        BatchIntake.Result usual = intake.read(byTrouble.getOrDefault(false, List.of()));
        Map<Boolean, List<PersonNews>> people = PersonNews.merged(usual.people()).stream()
                .collect(Collectors.partitioningBy(person -> pauses.isTriedApart(person.key())));
        outcomes.putAll(usual.finished());
        outcomes.putAll(settled(people.getOrDefault(false, List.of()), deadline));
        outcomes.putAll(SingleTry.during(
                () -> apart(byTrouble.getOrDefault(true, List.of()), people.getOrDefault(true, List.of()), deadline)));
        return outcomes;
    }

    /**
     * Asks both systems something harmless, one request each, and pauses one that fails, as a delivery would: what is wrong
     * with them or with the credentials shows before a delivery comes.
     */
    public void checkSystems() {
        for (RemoteSystem system : RemoteSystem.values()) {
            pauses.shared().check(system);
        }
    }

    /** Asks the systems whose pause is over, so that it ends although no delivery waits. */
    public void askPausedSystems() {
        pauses.shared().askPaused();
    }

    /**
     * Why nothing is applied at present: a mapping must be refused. Costs no request; it is asked again after a minute, when
     * the next batch comes.
     */
    public Optional<RefusedMappingsException> refusal() {
        return schemas.refusal();
    }

    /** Those that failed before come last, so that they cost the others neither time nor requests. */
    private Map<Delivery, DeliveryOutcome> apart(List<Delivery> batch, List<PersonNews> people, Deadline deadline) {
        if (pauses.left(RemoteSystem.DATAVERSE).isPresent()) {
            return postponed(
                    Stream.concat(batch.stream(), people.stream().flatMap(person -> person.deliveries().stream()))
                            .toList());
        }
        BatchIntake.Result read = intake.read(batch);
        Map<Delivery, DeliveryOutcome> outcomes = new LinkedHashMap<>(read.finished());
        List<PersonNews> all = new ArrayList<>(people);
        all.addAll(read.people());
        outcomes.putAll(settled(PersonNews.merged(all), deadline));
        return outcomes;
    }

    private Map<Delivery, DeliveryOutcome> postponed(List<Delivery> batch) {
        DeliveryOutcome outcome = new DeliveryOutcome.Postponed(
                pauses.left(RemoteSystem.DATAVERSE).orElse(Duration.ZERO));
        Map<Delivery, DeliveryOutcome> outcomes = new LinkedHashMap<>();
        batch.forEach(delivery -> outcomes.put(delivery, outcome));
        return outcomes;
    }

    private Map<Delivery, DeliveryOutcome> settled(Collection<PersonNews> people, Deadline deadline) {
        return rounds.settle(people, deadline, plan -> true).deliveryOutcomes();
    }
}
