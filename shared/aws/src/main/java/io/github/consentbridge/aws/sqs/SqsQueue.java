package io.github.consentbridge.aws.sqs;

import io.github.consentbridge.aws.QueueMessage;
import io.github.consentbridge.aws.WholeSeconds;
import io.github.consentbridge.sync.queue.Delivery;
import io.github.consentbridge.sync.queue.DeliveryQueue;
import io.github.consentbridge.sync.queue.DeliveryReceipts;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The delivery queue, a standard queue in SQS. A message's body is a delivery's text, packed if it is large.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html">Limits
 *     of messages</a>
 */
public final class SqsQueue implements DeliveryQueue, DeliveryReceipts {
    private final SqsSender sender;
    private final SqsReceipts receipts;

    /** @param sqs returns the client, building it on first use; called for each send */
    public SqsQueue(Supplier<SqsClient> sqs, String queueUrl) {
        this.sender = new SqsSender(sqs, queueUrl);
        this.receipts = new SqsReceipts(sqs, queueUrl);
    }

    @Override
    public void send(List<Delivery> deliveries, Duration delay) {
        List<SqsSender.Message> messages = deliveries.stream()
                .map(delivery -> new SqsSender.Message(QueueMessage.of(delivery), Map.of()))
                .toList();
        sender.send(messages, Math.toIntExact(WholeSeconds.of(delay)));
    }

    @Override
    public void postpone(List<String> handles, Duration delay) {
        receipts.hide(handles, delay);
    }
}
