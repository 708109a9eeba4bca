package io.github.consentbridge.sync.batch;

import static java.util.Objects.requireNonNull;

import io.github.consentbridge.connectors.http.Deadline;
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
import java.util.List;
import java.util.Map;

/**
 * Applies batches of received deliveries and acts on the outcomes: dead letters are stored, what failed is sent again with
 * a delay and one more attempt, what has to wait is postponed. Safe for use by several threads; handling a delivery again
 * is harmless.
 */
public final class BatchWorker {
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
     * Applies a batch. If the batch fails as a whole, for example because our own storage fails, all of it returns.
     *
     * @param deadline when it must be over; bounds the requests to both systems as well
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
            return followUp.result();
        } catch (RuntimeException e) {
            // The one broad catch: whatever it was, everything comes back and is harmless to repeat.
            outcomeLog.fault("batch failed", e, LogFields.of("messages", batch.size()));
            return new BatchResult(List.of(), batch);
        }
    }

    /** Stores what must not be lost before the received deliveries are removed. */
    private void store(FollowUp followUp) {
        if (!followUp.dead().isEmpty()) {
            deadLetters.add(followUp.dead());
            followUp.dead().forEach(this::report);
        }
        followUp.sentAgain().forEach((delay, again) -> queue.send(again, delay));
    }

    private void report(DeadLetter letter) {
        Delivery delivery = letter.delivery();
        outcomeLog.count(Metric.DEAD_LETTERED, delivery.side().other(), 1);
        outcomeLog.log(
                "dead letter", null, LogFields.of("delivery", delivery.id()).and("why", letter.reason()));
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
