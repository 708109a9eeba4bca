package io.github.consentbridge.functions.worker;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import io.github.consentbridge.aws.Deployment;
import io.github.consentbridge.aws.Setting;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.sync.batch.BatchWorker;
import io.github.consentbridge.sync.logging.LogFields;
import io.github.consentbridge.sync.logging.OutcomeLog;
import io.github.consentbridge.sync.queue.DeliveryJson;
import io.github.consentbridge.sync.queue.ReceivedDelivery;
import io.github.consentbridge.sync.worker.SyncWorker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Applies a batch of queue messages. A message that is not among the failures of the answer is finished; the others
 * come back when their visibility timeout ends. Handling a message again is harmless.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html">Partial batch responses</a>
 */
public final class SyncHandler implements RequestHandler<SQSEvent, SQSBatchResponse> {
    private final Function<String, BatchWorker> workers;
    private final OutcomeLog outcomeLog;

    /**
     * The handler of the deployment that the environment names; Lambda calls this.
     *
     * @throws IllegalArgumentException if the environment or the integration document is not complete
     */
    public SyncHandler() {
        this(Deployment.here(Setting.SECRET, Setting.LEDGER, Setting.HISTORY, Setting.QUEUE, Setting.DEAD_LETTERS));
    }

    /** The handler of this deployment. */
    public SyncHandler(Deployment parts) {
        this(workers(parts), parts.outcomeLog());
    }

    /** A handler with this worker for all queues. */
    public SyncHandler(BatchWorker worker, OutcomeLog outcomeLog) {
        this(queue -> worker, outcomeLog);
    }

    /** @param workers the worker for the batches of a queue, by the queue's name */
    private SyncHandler(Function<String, BatchWorker> workers, OutcomeLog outcomeLog) {
        this.workers = workers;
        this.outcomeLog = outcomeLog;
    }

    /** A receipt is good for its own queue only, so each queue has a batch worker. They share what they know of the systems. */
    private static Function<String, BatchWorker> workers(Deployment parts) {
        SyncWorker worker = new SyncWorker(
                parts.integration(),
                parts.connections(),
                parts.ledger(),
                parts.pauses(),
                parts.outcomeLog(),
                parts.clock());
        BatchWorker didomi = worker(worker, parts, Side.DIDOMI);
        BatchWorker dynamics = worker(worker, parts, Side.DYNAMICS);
        String dynamicsQueue = lastPart(parts.dynamicsQueueUrl(), '/');
        return queue -> queue.equals(dynamicsQueue) ? dynamics : didomi;
    }

    private static BatchWorker worker(SyncWorker worker, Deployment parts, Side from) {
        return new BatchWorker(
                worker,
                parts.queue(),
                parts.queue().from(from),
                parts.deadLetters(),
                parts.outcomeLog(),
                parts.clock());
    }

    private static String lastPart(String name, char separator) {
        return name.substring(name.lastIndexOf(separator) + 1);
    }

    /** All messages of an event come from one queue. */
    private BatchWorker worker(SQSEvent event) {
        @Nullable
        String source =
                event.getRecords().isEmpty() ? null : event.getRecords().get(0).getEventSourceArn();
        return workers.apply(source == null ? "" : lastPart(source, ':'));
    }

    @Override
    public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
        List<BatchItemFailure> failures = new ArrayList<>();
        List<ReceivedDelivery> batch = new ArrayList<>();
        Map<String, String> messageIds = new HashMap<>();
        for (SQSMessage message : event.getRecords()) {
            messageIds.put(message.getReceiptHandle(), message.getMessageId());
            try {
                batch.add(received(message));
            } catch (IllegalArgumentException e) {
                // Not ours to repair: it stays in the queue until the redrive policy moves it, untouched.
                outcomeLog.fault("foreign message", e, LogFields.of("message", message.getMessageId()));
                failures.add(new BatchItemFailure(message.getMessageId()));
            }
        }
        try {
            worker(event)
                    .handle(batch, () -> Duration.ofMillis(context.getRemainingTimeInMillis()))
                    .returning()
                    .stream()
                    .map(returning -> new BatchItemFailure(messageIds.get(returning.receipt())))
                    .forEach(failures::add);
        } finally {
            outcomeLog.flush();
        }
        return new SQSBatchResponse(failures);
    }

    private static ReceivedDelivery received(SQSMessage message) {
        return new ReceivedDelivery(
                message.getReceiptHandle(), receives(message), DeliveryJson.read(message.getBody()));
    }

    private static int receives(SQSMessage message) {
        Map<String, String> attributes = message.getAttributes();
        String count = attributes == null ? null : attributes.get("ApproximateReceiveCount");
        return count != null && count.matches("[1-9]\\d{0,8}") ? Integer.parseInt(count) : 1;
    }
}
