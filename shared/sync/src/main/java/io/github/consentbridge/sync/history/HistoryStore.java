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
     * A person's history in order. Entries that were purged are missing; {@link HistoryChain} distinguishes such gaps from others.
     *
     * @throws io.github.consentbridge.sync.storage.StorageException if it could not be read
     */
    List<ChainedEntry> history(OrganizationUserId key);

    /**
     * Deletes what was recorded before this time, except entries that explain a standing choice and what was saved together
     * with them. Safe to repeat.
     *
     * @return how many saves' entries were deleted; a store that lets them expire by itself deletes none
     * @throws io.github.consentbridge.sync.storage.StorageException if it failed
     */
    int purgeHistory(Instant before);
}
