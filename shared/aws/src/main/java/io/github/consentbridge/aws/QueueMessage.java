package io.github.consentbridge.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.consentbridge.sync.queue.Delivery;
import io.github.consentbridge.sync.queue.DeliveryJson;
import io.github.consentbridge.sync.queue.DeliveryTooLargeException;

/**
 * A delivery as the body of an SQS message.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html">Message
 *     quotas</a>
 */
public final class QueueMessage {
    /** The maximum size of a message and of a request, including attributes. */
    public static final int MAX_BYTES = 1 << 20;

    /** A retry adds to a delivery, and a dead letter adds attributes: what was accepted once must fit then, too. */
    public static final int MAX_NEW_BYTES = MAX_BYTES - (16 << 10);

    private QueueMessage() {}

    /** The message; throws a {@link DeliveryTooLargeException} if SQS does not take it. */
    public static String of(Delivery delivery) {
        return within(MAX_BYTES, DeliveryJson.write(delivery));
    }

    /** The same for a delivery that has just arrived, with room for what happens to it later. */
    public static String ofNew(Delivery delivery) {
        return within(MAX_NEW_BYTES, DeliveryJson.write(delivery));
    }

    private static String within(int max, String message) {
        int bytes = message.getBytes(UTF_8).length;
        if (bytes > max) {
            throw new DeliveryTooLargeException(
                    "a delivery has %d KiB, packed; the queue takes %d KiB".formatted(bytes >> 10, max >> 10));
        }
        return message;
    }
}
