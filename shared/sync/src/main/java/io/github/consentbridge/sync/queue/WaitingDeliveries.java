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
     * Deletes a person's deliveries for good, those that are being applied included: whatever becomes of these, nothing of
     * them is in the queue or the dead-letter queue when their batch has ended. Safe to repeat.
     *
     * @param person as in {@link #find}; a delivery that names nobody is for the predicate to spare
     * @return how many were deleted
     * @throws io.github.consentbridge.sync.storage.StorageException if it is not known that they are deleted
     */
    int remove(Predicate<String> person);
}
