package io.github.consentbridge.sync.queue;

import java.util.List;
import java.util.function.Predicate;

/** A delivery queue that can be searched. SQS cannot. Safe for use by several threads. */
public interface WaitingDeliveries {
    /**
     * Deliveries that are not finished, those that are being applied included, the oldest first.
     *
     * @param person of the organization user id as the delivery spells it; empty where it names none
     * @param limit how many at most
     * @throws io.github.consentbridge.sync.storage.StorageException if the queue cannot be read
     */
    List<Delivery> find(Predicate<String> person, int limit);

    /**
     * Removes deliveries, those that are being applied included. Safe to repeat.
     *
     * @param person of the organization user id as the delivery spells it; empty where it names none
     * @return how many
     * @throws io.github.consentbridge.sync.storage.StorageException if it is not known that they are removed
     */
    int remove(Predicate<String> person);
}
