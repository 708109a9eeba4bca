package io.github.consentbridge.aws.sqs;

import io.github.consentbridge.aws.AwsFailure;
import io.github.consentbridge.sync.storage.StorageException;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * How many messages a queue has. SQS counts approximately, and some seconds late.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueAttributes.html">Queue
 *     attributes</a>
 */
public record SqsDepth(Supplier<SqsClient> sqs, String queueUrl) {
    /**
     * Counts of one moment.
     *
     * @param waiting visible, or hidden for a while
     * @param inFlight received and not finished
     */
    public record Counts(long waiting, long inFlight) {
        /** Those of two queues together. */
        public Counts plus(Counts other) {
            return new Counts(waiting + other.waiting, inFlight + other.inFlight);
        }
    }

    /** Throws a {@link StorageException} if SQS does not answer. */
    public Counts read() {
        try {
            Map<QueueAttributeName, String> counts = sqs.get()
                    .getQueueAttributes(request -> request.queueUrl(queueUrl)
                            .attributeNames(
                                    QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                                    QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED,
                                    QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
                    .attributes();
            return new Counts(
                    count(counts, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES)
                            + count(counts, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED),
                    count(counts, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE));
        } catch (SdkException e) {
            throw new StorageException("the queue's length cannot be read: " + AwsFailure.reason(e), e);
        }
    }

    private static long count(Map<QueueAttributeName, String> counts, QueueAttributeName name) {
        return Long.parseLong(counts.getOrDefault(name, "0"));
    }
}
