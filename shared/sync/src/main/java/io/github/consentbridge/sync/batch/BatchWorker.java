package io.github.consentbridge.sync.batch;

import static java.util.Objects.requireNonNull;

import io.github.consentbridge.connectors.http.Deadline;
import io.github.consentbridge.sync.connections.RefusedMappingsException;
import io.github.consentbridge.sync.logging.LogFields;
import io.github.consentbridge.sync.logging.Metric;
import io.github.consentbridge.sync.logging.OutcomeLog;
import io.github.consentbridge.sync.queue.DeadLetter;
import io.github.consentbridge.sync.queue.DeadLetters;
import io.github.consentbridge.sync.queue.Delivery;
import io.github.consentbridge.sync.queue.DeliveryQueue;
import io.github.consentbridge.sync.queue.DeliveryReceipts;
import io.github.consentbridge.sync.queue.ReceivedDelivery;
import io.github.consentbridge.sync.storage.StorageException;
import io.github.consentbridge.sync.worker.DeliveryOutcome;
import io.github.consentbridge.sync.worker.SyncWorker;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Applies batches of received deliveries and acts on the outcomes: dead letters are stored, what failed is sent again with
 * a delay and one more attempt, what has to wait is postponed. Safe for use by several threads; handling a delivery again
 * is harmless.
 */
public final class BatchWorker {
    /** After so many that cannot be stored the storage is at fault, and the rest is not tried. */
    private static final int MAX_UNSTORED = 3;

    private final SyncWorker worker;
    private final DeliveryQueue queue;
    private final DeliveryReceipts receipts;
    private final DeadLetters deadLetters;
    private final OutcomeLog outcomeLog;
    private final Clock clock;

    public BatchWorker(
            SyncWorker worker,
            DeliveryQueue queue,
            DeliveryReceipts receipts,
            DeadLetters deadLetters,
            OutcomeLog outcomeLog,
            Clock clock) {
        this.worker = worker;
        this.queue = queue;
        this.receipts = receipts;
        this.deadLetters = deadLetters;
        this.outcomeLog = outcomeLog;
        this.clock = clock;
    }

    /**
     * Applies a batch. If the batch fails as a whole, for example because the ledger fails, all of it returns. A dead letter
     * or a repeat that cannot be stored returns alone.
     *
     * @param deadline when it must be over; bounds the requests to both systems as well
     * @throws RefusedMappingsException if a mapping must be refused: nothing was written, all of the batch is to wait
     */
    public BatchResult handle(List<ReceivedDelivery> batch, Deadline deadline) {
        try {
            List<Delivery> deliveries =
                    batch.stream().map(ReceivedDelivery::delivery).toList();
            Map<Delivery, DeliveryOutcome> outcomes = deadline.during(() -> worker.handle(deliveries, deadline));
            FollowUp followUp = new FollowUp(clock.instant());
            batch.forEach(received -> followUp.add(received, requireNonNull(outcomes.get(received.delivery()))));
            store(followUp);
            followUp.postponed().forEach(this::postpone);
            followUp.waiting().forEach(this::countWait);
            return followUp.result();
        } catch (RefusedMappingsException e) {
            // Not a fault of this batch: the host has to say so, and every other batch would end the same.
            throw e;
        } catch (RuntimeException e) {
            // The one broad catch: whatever it was, everything comes back and is harmless to repeat.
            outcomeLog.fault("batch failed", e, LogFields.of("messages", batch.size()));
            return BatchResult.failed(batch);
        }
    }

    /** Why no batch would be applied at present; empty if there is no reason. Costs no request. */
    public Optional<RefusedMappingsException> refusal() {
        return worker.refusal();
    }

    /** Stores what must not be lost before the received deliveries are removed. What cannot be stored stays received. */
    private void store(FollowUp followUp) {
        List<FollowUp.Dead> dead = stored(
                followUp,
                followUp.dead(),
                letters -> deadLetters.add(
                        letters.stream().map(FollowUp.Dead::letter).toList()));
        dead.forEach(each -> report(each.letter()));
        followUp.sentAgain()
                .forEach((delay, again) -> stored(
                        followUp,
                        again,
                        some -> queue.send(
                                some.stream().map(FollowUp.Again::delivery).toList(), delay)));
    }

    /**
     * Stores all of these, or one by one if that fails: one that is too large for a message must not keep the others from
     * being stored. Those stored twice are harmless.
     *
     * @return those that are stored
     */
    private <T extends FollowUp.Replaced> List<T> stored(FollowUp followUp, List<T> all, Consumer<List<T>> store) {
        if (all.isEmpty() || isStored(all, store)) {
            return all;
        }
        List<T> stored = new ArrayList<>();
        int failures = 0;
        for (T one : all) {
            if (failures < MAX_UNSTORED && all.size() > 1 && isStored(List.of(one), store)) {
                stored.add(one);
            } else {
                failures++;
                followUp.unstored(one);
            }
        }
        return stored;
    }

    private <T> boolean isStored(List<T> some, Consumer<List<T>> store) {
        try {
            store.accept(some);
            return true;
        } catch (StorageException e) {
            outcomeLog.fault("storing failed", e, LogFields.of("messages", some.size()));
            return false;
        }
    }

    private void report(DeadLetter letter) {
        Delivery delivery = letter.delivery();
        outcomeLog.count(Metric.DEAD_LETTERED, delivery.side().other(), 1);
        outcomeLog.log(
                "dead letter", null, LogFields.of("delivery", delivery.id()).and("why", letter.reason()));
    }

    private void countWait(Delivery delivery) {
        Duration waited = Duration.between(delivery.receivedAt(), clock.instant());
        outcomeLog.count(Metric.WAITING_SECONDS, delivery.side().other(), waited.toMillis() / 1000.0);
    }

    /** Without it they come back when their visibility timeout ends; what was stored must not be stored again. */
    private void postpone(Duration delay, List<String> handles) {
        try {
            receipts.postpone(handles, delay);
        } catch (StorageException e) {
            outcomeLog.fault("postponing failed", e, LogFields.of("messages", handles.size()));
        }
    }
}
