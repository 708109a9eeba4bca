package io.github.consentbridge.sync.queue;

import io.github.consentbridge.mapping.document.OrganizationUserId;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** The dead-letter queue. Safe for use by several threads. */
public interface DeadLetters {
    /**
     * Stores dead letters; durable when it returns. Adding one with the same delivery id again replaces it.
     *
     * @throws io.github.consentbridge.sync.storage.StorageException if it is not known that they are stored
     */
    void add(List<DeadLetter> letters);

    /** The oldest first, at most {@code limit}. */
    List<DeadLetter> list(Predicate<DeadLetter> filter, int limit);

    /**
     * Sends those that match to the queue again and removes them. They are tried as often as if they had never failed, and
     * remember that they did. Each is sent before it is removed, so a crash in between repeats it, which is harmless.
     *
     * @return how many were sent
     */
    int replay(Predicate<DeadLetter> filter, DeliveryQueue queue);

    /**
     * Gives up a dead letter for good: removes it with the person's data and keeps on record who did so, when and why. The
     * record is durable before the letter is gone, so a repeat after a crash does no harm.
     *
     * @param id of the delivery
     * @param person the ledger's spelling of the organization user id that a delivery names
     * @return what is on record; empty if there is no such dead letter
     * @throws io.github.consentbridge.sync.storage.StorageException if it is not known that it is on record and removed
     */
    Optional<DiscardedDelivery> discard(
            String id, DiscardedDelivery.Decision decision, Function<String, OrganizationUserId> person);

    /**
     * Deletes a person's dead letters for good and keeps nothing on record. Safe to repeat. A store that shows only a part of
     * very many dead letters deletes from that part.
     *
     * @param person of the organization user id as the delivery spells it; empty where it names none
     * @return how many were deleted
     * @throws io.github.consentbridge.sync.storage.StorageException if it is not known that they are deleted
     */
    int erase(Predicate<String> person);

    /** What is on record of dead letters with this delivery's id that were given up, the oldest first. */
    List<DiscardedDelivery> discarded(String id);

    /**
     * What is on record of a person's dead letters that were given up, the oldest first.
     *
     * @param person as the ledger spells the organization user id
     * @return empty if the records cannot be searched by person
     */
    default Optional<List<DiscardedDelivery>> discardedOf(OrganizationUserId person) {
        return Optional.empty();
    }
}
