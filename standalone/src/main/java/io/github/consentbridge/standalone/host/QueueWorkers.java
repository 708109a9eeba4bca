package io.github.consentbridge.standalone.host;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import io.github.consentbridge.connectors.http.RemoteSystem;
import io.github.consentbridge.functions.worker.SyncHandler;
import io.github.consentbridge.standalone.store.H2Queue;
import io.github.consentbridge.standalone.store.H2Queue.Message;
import io.github.consentbridge.sync.ledger.Pauses;
import io.github.consentbridge.sync.logging.LogFields;
import io.github.consentbridge.sync.logging.OutcomeLog;
import io.github.consentbridge.sync.queue.DeliveryJson;
import io.github.consentbridge.sync.storage.StorageException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Takes deliveries from the queue and hands them to the sync function, as SQS and Lambda do elsewhere: batches as full
 * as a short wait makes them, since a batch costs Dataverse the same two requests for one delivery as for a hundred.
 */
final class QueueWorkers implements AutoCloseable {
    /** What Dataverse reads and writes in one request. */
    private static final int FULL = 100;

    private static final int MOST = 500;

    /** How long the first delivery waits for company. */
    private static final Duration GATHER = Duration.ofMillis(100);

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(30);

    /** As the visibility timeout of a message whose handler failed as a whole. */
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(30);

    private static final Duration TIME = Duration.ofMinutes(5);

    private final H2Queue queue;
    private final SyncHandler handler;
    private final Pauses pauses;
    private final OutcomeLog outcomeLog;
    private final Clock clock;
    private final Signal signal = new Signal();
    private final Object taking = new Object();
    private final List<Thread> threads = new ArrayList<>();

    QueueWorkers(H2Queue queue, SyncHandler handler, Pauses pauses, OutcomeLog outcomeLog, Clock clock) {
        this.queue = queue;
        this.handler = handler;
        this.pauses = pauses;
        this.outcomeLog = outcomeLog;
        this.clock = clock;
    }

    void start(int workers) {
        queue.onArrival(signal::raise);
        for (int index = 0; index < workers; index++) {
            Thread thread = new Thread(this::work, "worker-" + index);
            threads.add(thread);
            thread.start();
        }
    }

    private void work() {
        while (!signal.isClosed()) {
            try {
                List<Message> batch = next();
                if (!batch.isEmpty()) {
                    handle(batch);
                }
            } catch (StorageException e) {
                outcomeLog.fault("queue failed", e, LogFields.none());
                signal.pause(LOOK_AGAIN);
            }
        }
    }

    /** One thread gathers at a time; the others are applying, or next. */
    private List<Message> next() {
        synchronized (taking) {
            signal.await(pause().or(this::untilNextVisible).orElse(Duration.ZERO));
            if (signal.isClosed() || pause().isPresent()) {
                return List.of();
            }
            int available = queue.available(MOST);
            if (available > 0 && available < FULL) {
                signal.pause(GATHER);
                available = queue.available(MOST);
            }
            return queue.take(available > FULL ? available - available % FULL : available);
        }
    }

    /** Without Dataverse nothing can be applied, so nothing is taken. */
    private Optional<Duration> pause() {
        return Optional.ofNullable(pauses.pausedUntil().get(RemoteSystem.DATAVERSE))
                .map(this::until)
                .filter(wait -> !wait.isZero());
    }

    private Optional<Duration> untilNextVisible() {
        return queue.available(1) > 0
                ? Optional.empty()
                : Optional.of(queue.nextVisible().map(this::until).orElse(LOOK_AGAIN));
    }

    private Duration until(Instant time) {
        Duration wait = Duration.between(clock.instant(), time);
        return wait.isNegative() ? Duration.ZERO : wait.compareTo(LOOK_AGAIN) < 0 ? wait : LOOK_AGAIN;
    }

    private void handle(List<Message> batch) {
        SQSEvent event = new SQSEvent();
        event.setRecords(batch.stream().map(QueueWorkers::sqs).toList());
        Set<String> failed = failures(event);
        List<Message> finished = batch.stream()
                .filter(message -> !failed.contains(message.receipt()))
                .toList();
        try {
            queue.finish(batch, finished, AFTER_FAILURE);
        } finally {
            queue.release(batch);
            signal.raise();
        }
    }

    private Set<String> failures(SQSEvent event) {
        String request = event.getRecords().get(0).getMessageId();
        try {
            return handler
                    .handleRequest(event, new HostContext("sync", request, clock, TIME))
                    .getBatchItemFailures()
                    .stream()
                    .map(SQSBatchResponse.BatchItemFailure::getItemIdentifier)
                    .collect(Collectors.toSet());
        } catch (RuntimeException | Error e) {
            // A worker that dies would leave a bridge that accepts and never applies.
            outcomeLog.fault(
                    "worker failed",
                    e,
                    LogFields.of("messages", event.getRecords().size()));
            return event.getRecords().stream().map(SQSMessage::getMessageId).collect(Collectors.toSet());
        }
    }

    private static SQSMessage sqs(Message message) {
        SQSMessage sqs = new SQSMessage();
        sqs.setMessageId(message.receipt());
        sqs.setReceiptHandle(message.receipt());
        sqs.setBody(DeliveryJson.write(message.delivery()));
        sqs.setAttributes(Map.of("ApproximateReceiveCount", Integer.toString(message.receives())));
        return sqs;
    }

    /** Stops taking, and finishes what is in hand. */
    @Override
    public void close() {
        signal.close();
        for (Thread thread : threads) {
            try {
                thread.join(TIME.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
