package io.github.consentbridge.aws.direct;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.consentbridge.aws.QueueMessage;
import io.github.consentbridge.aws.WholeSeconds;
import io.github.consentbridge.aws.sqs.SqsQueue;
import io.github.consentbridge.sync.queue.Delivery;
import io.github.consentbridge.sync.queue.DeliveryQueue;
import io.github.consentbridge.sync.queue.DeliveryTooLargeException;
import io.github.consentbridge.sync.storage.StorageException;
import java.time.Duration;
import java.util.List;

/** Sends to the delivery queue in SQS without the SDK; the messages are those of {@link SqsQueue}. */
final class DirectQueue implements DeliveryQueue {
    /** Every queue takes messages of this size, whatever its {@code MaximumMessageSize} was when it was created. */
    private static final int ALWAYS_TAKEN_BYTES = 256 << 10;

    private final AwsService sqs;
    private final String queueUrl;

    DirectQueue(AwsService sqs, String queueUrl) {
        this.sqs = sqs;
        this.queueUrl = queueUrl;
    }

    @Override
    public void send(List<Delivery> deliveries, Duration delay) {
        deliveries.forEach(delivery -> send(QueueMessage.ofNew(delivery), WholeSeconds.of(delay)));
    }

    private void send(String message, long delaySeconds) {
        JsonNode request = JsonNodeFactory.instance
                .objectNode()
                .put("QueueUrl", queueUrl)
                .put("MessageBody", message)
                .put("DelaySeconds", delaySeconds);
        try {
            JsonNode answer = sqs.call("AmazonSQS.SendMessage", request);
            if (!answer.path("MessageId").isTextual()) {
                throw new StorageException("the answer from SQS does not confirm that the message is stored");
            }
        } catch (AwsCallException e) {
            if (e.code().startsWith("InvalidParameterValue") && message.length() > ALWAYS_TAKEN_BYTES) {
                throw new DeliveryTooLargeException("a delivery is larger than the queue's MaximumMessageSize");
            }
            throw new StorageException("SQS did not accept the message: " + e.getMessage(), e);
        }
    }
}
