package io.github.consentbridge.sync.queue;

import java.util.List;
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
     * Sends those that match to the queue again, as if they had never failed, and removes them. Each is sent before it
     * is removed, so a crash in between repeats it, which is harmless.
     *
     * @return how many were sent
     */
    int replay(Predicate<DeadLetter> filter, DeliveryQueue queue);
}
