package io.github.consentbridge.sync.rights;

import java.time.Instant;
import java.util.List;

/** The access record. Safe for use by several threads and processes. */
public interface AccessLog {
    /**
     * Appends an entry; durable when it returns. A repeat appends another one.
     *
     * @throws io.github.consentbridge.sync.storage.StorageException if it is not known that it is stored
     */
    void add(Access access);

    /** The newest entries first, at most {@code limit}. */
    List<Access> newest(int limit);

    /**
     * Deletes entries from before this time. Safe to repeat.
     *
     * @return how many were deleted; a store that lets them expire by itself deletes none
     */
    int purge(Instant before);
}
