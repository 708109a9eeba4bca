package io.github.consentbridge.sync.rights;

import io.github.consentbridge.mapping.document.OrganizationUserId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The access record. Safe for use by several threads and processes.
 *
 * <p>The methods throw a {@link io.github.consentbridge.sync.storage.StorageException} if the store fails; after a failed
 * {@link #add} it is not known whether the entry is stored.
 */
public interface AccessLog {
    /** Appends an entry; durable when it returns. A repeat appends another one. */
    void add(Access access);

    /** The newest entries first, at most {@code limit}. */
    List<Access> newest(int limit);

    /**
     * The entries about a person, the oldest first.
     *
     * @param person the keyed hash
     */
    List<Access> of(String person);

    /** The keyed hash under which the ledger keeps a person. */
    String hashOf(OrganizationUserId person);

    /**
     * Deletes entries from before this time. Safe to repeat.
     *
     * @return how many were deleted; a store that lets them expire by itself deletes none
     */
    int purge(Instant before);

    /**
     * How long entries are kept: as long as the history, and at least a year, so that a person who asks once a year finds
     * every access since.
     */
    static Duration kept(int historyDays) {
        return Duration.ofDays(Math.max(historyDays, 365));
    }
}
