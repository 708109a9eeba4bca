package io.github.consentbridge.aws.sqs;

import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.sync.queue.Delivery;
import io.github.consentbridge.sync.queue.DeliveryQueue;
import java.time.Duration;
import java.util.List;

/**
 * Sends each delivery to the queue of the side that it comes from. What waits in one queue, and counts as in flight there, does
 * not hold up the other.
 */
public record QueuePerSide(SqsQueue fromDidomi, SqsQueue fromDynamics) implements DeliveryQueue {
    /** The queue of the deliveries from this side. */
    public SqsQueue from(Side side) {
        return side == Side.DIDOMI ? fromDidomi : fromDynamics;
    }

    @Override
    public void send(List<Delivery> deliveries, Duration delay) {
        for (Side side : Side.values()) {
            from(side)
                    .send(
                            deliveries.stream()
                                    .filter(delivery -> delivery.side() == side)
                                    .toList(),
                            delay);
        }
    }
}
