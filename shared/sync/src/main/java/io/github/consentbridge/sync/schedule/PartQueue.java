package io.github.consentbridge.sync.schedule;

import java.time.Duration;

/** Where the parts of scheduled runs wait for their turn. At least once, in no particular order. */
@FunctionalInterface
public interface PartQueue {
    /**
     * Has the part handed to {@link ScheduledReconciliation} again; durable when it returns.
     *
     * @param delay how long it stays hidden, at most 15 minutes
     * @throws io.github.consentbridge.sync.storage.StorageException if it is not known that it is stored
     */
    void send(RunPart part, Duration delay);
}
