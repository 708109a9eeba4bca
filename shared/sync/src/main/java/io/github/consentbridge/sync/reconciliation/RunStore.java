package io.github.consentbridge.sync.reconciliation;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a run leaves for the next one, and who is running. Safe for use by several threads and processes. */
public interface RunStore {

    /**
     * Takes or renews the lease, so that no two runs are under way at once.
     *
     * @param run who asks
     * @param now a lease that ended before this is free
     * @param until how long it is wanted
     * @return whether it is this run's now
     */
    boolean lease(String run, Instant now, Instant until);

    /** Gives the lease back; does nothing if it is another's. */
    void release(String run);

    /** What was saved under this name; empty if nothing. */
    Optional<String> load(String name);

    /** Saves a text under a name, durable when it returns; null removes it. */
    void save(String name, @Nullable String text);
}
