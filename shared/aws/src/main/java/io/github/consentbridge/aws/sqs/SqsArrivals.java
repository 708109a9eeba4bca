package io.github.consentbridge.aws.sqs;

import io.github.consentbridge.aws.AwsFailure;
import io.github.consentbridge.aws.QueueMessage;
import io.github.consentbridge.aws.WholeSeconds;
import io.github.consentbridge.sync.queue.Delivery;
import io.github.consentbridge.sync.queue.DeliveryQueue;
import io.github.consentbridge.sync.queue.DeliveryTooLargeException;
import io.github.consentbridge.sync.storage.StorageException;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The delivery queue for deliveries that have just arrived: they come singly, and one that cannot be stored with room for
 * what happens to it later is refused. The messages are those of {@link SqsQueue}. Safe for use by several threads.
 */
public final class SqsArrivals implements DeliveryQueue {
    /** Every queue takes messages of this size, whatever its {@code MaximumMessageSize} was when it was created. */
    private static final int ALWAYS_TAKEN_BYTES = 256 << 10;

    private final Supplier<SqsClient> sqs;
    private final String queueUrl;

    /** @param sqs returns the client, building it on first use; called for each delivery */
    public SqsArrivals(Supplier<SqsClient> sqs, String queueUrl) {
        this.sqs = sqs;
        this.queueUrl = queueUrl;
    }

    @Override
    public void send(List<Delivery> deliveries, Duration delay) {
        for (Delivery delivery : deliveries) {
            send(QueueMessage.ofNew(delivery), Math.toIntExact(WholeSeconds.of(delay)));
        }
    }

    private void send(String message, int delaySeconds) {
        try {
            // The SDK compares the checksum in the answer, so only an answer of SQS means that the message is stored.
            sqs.get()
                    .sendMessage(request ->
                            request.queueUrl(queueUrl).messageBody(message).delaySeconds(delaySeconds));
        } catch (AwsServiceException e) {
            if (AwsFailure.code(e).startsWith("InvalidParameterValue") && message.length() > ALWAYS_TAKEN_BYTES) {
                throw new DeliveryTooLargeException("a delivery is larger than the queue's MaximumMessageSize");
            }
            throw refused(e);
        } catch (SdkException e) {
            throw refused(e);
        }
    }

    private static StorageException refused(SdkException e) {
        return new StorageException("SQS did not accept the message: " + AwsFailure.reason(e), e);
    }
}
