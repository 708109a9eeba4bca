package io.github.consentbridge.sync.queue;

import java.time.Duration;
import java.util.List;

/** Where accepted deliveries wait. At least once, in no particular order. Safe for use by several threads. */
public interface DeliveryQueue {
    /**
     * Stores deliveries; durable when it returns. A repeat stores them again, which is harmless.
     *
     * @param delay how long they stay hidden from workers, at most 15 minutes
     * @throws DeliveryTooLargeException if one of them is larger than the queue can take; it is not stored
     * @throws io.github.consentbridge.sync.storage.StorageException if it is not known that they are stored
     */
    void send(List<Delivery> deliveries, Duration delay);

    /**
     * Shows deliveries that were postponed to the workers again, as far as the queue can reach them; the others come back by
     * themselves within 15 minutes. Deliveries with a failure of their own keep their delay. A repeat is harmless.
     *
     * @throws io.github.consentbridge.sync.storage.StorageException if the store fails
     */
    default void wake() {
        // SQS hides a message until its time is over, and nobody has its receipt handle any more.
    }
}
