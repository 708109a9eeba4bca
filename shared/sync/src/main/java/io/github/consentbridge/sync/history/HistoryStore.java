package io.github.consentbridge.sync.history;

import io.github.consentbridge.mapping.document.OrganizationUserId;
import java.time.Instant;
import java.util.List;

/**
 * The histories of all people. Entries are appended by the save of a ledger entry, in the same transaction. Safe for use by
 * several threads and processes.
 */
public interface HistoryStore {
    /**
     * A person's history in order. Entries that were purged are missing; {@link HistoryChain} tells them from others.
     *
     * @throws io.github.consentbridge.sync.storage.StorageException if it could not be read
     */
    List<ChainedEntry> history(OrganizationUserId key);

    /**
     * Deletes entries that were recorded before this time, except those that explain a standing choice. Safe to repeat.
     *
     * @return how many were deleted; a store that lets them expire by itself deletes none
     * @throws io.github.consentbridge.sync.storage.StorageException if it failed
     */
    int purgeHistory(Instant before);
}
