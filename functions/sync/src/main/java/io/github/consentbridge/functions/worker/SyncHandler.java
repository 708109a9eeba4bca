package io.github.consentbridge.functions.worker;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import io.github.consentbridge.aws.Deployment;
import io.github.consentbridge.aws.Setting;
import io.github.consentbridge.sync.logging.LogFields;
import io.github.consentbridge.sync.logging.Metric;
import io.github.consentbridge.sync.logging.OutcomeLog;
import io.github.consentbridge.sync.queue.DeadLetter;
import io.github.consentbridge.sync.queue.DeadLetters;
import io.github.consentbridge.sync.queue.Delivery;
import io.github.consentbridge.sync.queue.DeliveryJson;
import io.github.consentbridge.sync.queue.DeliveryQueue;
import io.github.consentbridge.sync.storage.StorageException;
import io.github.consentbridge.sync.worker.DeliveryOutcome;
import io.github.consentbridge.sync.worker.SyncWorker;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Applies a batch of queue messages. A message that is not among the failures of the answer is finished; the others
 * come back when their visibility timeout ends. Handling a message again is harmless.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html">Partial batch responses</a>
 */
public final class SyncHandler implements RequestHandler<SQSEvent, SQSBatchResponse> {
    /** How often a delivery may fail for reasons of its own. */
    static final int ATTEMPTS = 5;

    private static final Duration MAX_DELAY = Duration.ofMinutes(15);
    private static final Duration FIRST_DELAY = Duration.ofSeconds(10);

    private final SyncWorker worker;
    private final DeliveryQueue queue;
    private final DeadLetters deadLetters;
    private final OutcomeLog outcomeLog;
    private final Clock clock;

    /**
     * The handler of the deployment that the environment names; Lambda calls this.
     *
     * @throws IllegalArgumentException if the environment or the integration document is not complete
     */
    public SyncHandler() {
        this(Deployment.here(Setting.SECRET, Setting.LEDGER, Setting.QUEUE, Setting.DEAD_LETTERS));
    }

    private SyncHandler(Deployment parts) {
        this(
                new SyncWorker(
                        parts.integration(),
                        parts.connections(),
                        parts.ledger(),
                        parts.pauses(),
                        parts.outcomeLog(),
                        parts.clock()),
                parts.queue(),
                parts.deadLetters(),
                parts.outcomeLog(),
                parts.clock());
    }

    public SyncHandler(
            SyncWorker worker, DeliveryQueue queue, DeadLetters deadLetters, OutcomeLog outcomeLog, Clock clock) {
        this.worker = worker;
        this.queue = queue;
        this.deadLetters = deadLetters;
        this.outcomeLog = outcomeLog;
        this.clock = clock;
    }

    @Override
    public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
        try {
            return handled(event, context);
        } finally {
            outcomeLog.flush();
        }
    }

    private SQSBatchResponse handled(SQSEvent event, Context context) {
        Batch batch = new Batch();
        event.getRecords().forEach(batch::read);
        try {
            Map<Delivery, DeliveryOutcome> deliveryOutcomes = worker.handle(
                    List.copyOf(batch.deliveries.values()),
                    () -> Duration.ofMillis(context.getRemainingTimeInMillis()));
            batch.deliveries.forEach((message, delivery) -> batch.apply(message, deliveryOutcomes.get(delivery)));
            batch.settle();
        } catch (RuntimeException e) {
            // The one broad catch: whatever it was, everything comes back and is harmless to repeat.
            outcomeLog.fault(
                    "batch failed",
                    e,
                    LogFields.of("messages", event.getRecords().size()));
            return response(event.getRecords());
        }
        return response(batch.comeBack);
    }

    private static SQSBatchResponse response(List<SQSMessage> failed) {
        return new SQSBatchResponse(failed.stream()
                .map(message -> new BatchItemFailure(message.getMessageId()))
                .toList());
    }

    /** What is to be done with the messages of one event. */
    private final class Batch {
        private final Map<SQSMessage, Delivery> deliveries = new LinkedHashMap<>();
        private final List<SQSMessage> comeBack = new ArrayList<>();
        private final Map<Duration, List<String>> postponed = new LinkedHashMap<>();
        private final Map<Duration, List<Delivery>> sentAgain = new LinkedHashMap<>();
        private final List<DeadLetter> dead = new ArrayList<>();

        void read(SQSMessage message) {
            try {
                deliveries.put(message, DeliveryJson.read(message.getBody()));
            } catch (IllegalArgumentException e) {
                // Not ours to repair: it stays in the queue until the redrive policy moves it, untouched.
                outcomeLog.fault("foreign message", e, LogFields.of("message", message.getMessageId()));
                comeBack.add(message);
            }
        }

        void apply(SQSMessage message, DeliveryOutcome outcome) {
            Delivery delivery = deliveries.get(message);
            if (outcome instanceof DeliveryOutcome.Postponed wait) {
                comeBack.add(message);
                postponed
                        .computeIfAbsent(delay(wait, message), any -> new ArrayList<>())
                        .add(message.getReceiptHandle());
            } else if (outcome instanceof DeliveryOutcome.Dead end) {
                dead.add(new DeadLetter(delivery, end.reason(), clock.instant()));
            } else if (outcome instanceof DeliveryOutcome.Failed failure) {
                failed(delivery, failure.reason());
            }
        }

        /**
         * What the system asks for, but ever longer for a message that has come back often: each receipt counts towards
         * the redrive policy, and a delivery has to outlive an outage of a day.
         */
        private Duration delay(DeliveryOutcome.Postponed wait, SQSMessage message) {
            if (wait.delay().isZero()) {
                return Duration.ZERO;
            }
            Duration backoff = Duration.ofSeconds(1L << Math.min(receipts(message) - 1, 10));
            return shorter(backoff.compareTo(wait.delay()) > 0 ? backoff : wait.delay(), MAX_DELAY);
        }

        private static int receipts(SQSMessage message) {
            Map<String, String> attributes = message.getAttributes();
            String count = attributes == null ? null : attributes.get("ApproximateReceiveCount");
            return count != null && count.matches("[1-9]\\d{0,8}") ? Integer.parseInt(count) : 1;
        }

        private static Duration shorter(Duration one, Duration other) {
            return one.compareTo(other) < 0 ? one : other;
        }

        private void failed(Delivery delivery, String reason) {
            Delivery again = delivery.failedAgain();
            if (again.attempts() >= ATTEMPTS) {
                dead.add(new DeadLetter(again, reason, clock.instant()));
                return;
            }
            Duration delay = FIRST_DELAY.multipliedBy(1L << (2 * delivery.attempts()));
            sentAgain
                    .computeIfAbsent(shorter(delay, MAX_DELAY), any -> new ArrayList<>())
                    .add(again);
        }

        /** Stores what must not be lost before the messages themselves are given up. */
        void settle() {
            if (!dead.isEmpty()) {
                deadLetters.add(dead);
                dead.forEach(letter -> {
                    outcomeLog.count(
                            Metric.DEAD_LETTERED, letter.delivery().side().other(), 1);
                    outcomeLog.tell(
                            "dead letter",
                            null,
                            LogFields.of("delivery", letter.delivery().id()).and("why", letter.reason()));
                });
            }
            sentAgain.forEach((delay, again) -> queue.send(again, delay));
            postponed.forEach(this::postpone);
        }

        /** They come back anyway, if only when their visibility timeout ends; what was stored must not be stored again. */
        private void postpone(Duration delay, List<String> receipts) {
            try {
                queue.postpone(receipts, delay);
            } catch (StorageException e) {
                outcomeLog.fault("postponing failed", e, LogFields.of("messages", receipts.size()));
            }
        }
    }
}
