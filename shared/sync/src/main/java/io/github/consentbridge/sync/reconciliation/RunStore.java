package io.github.consentbridge.sync.reconciliation;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps the lease of the current run, and what a run leaves for the next one. Safe for several threads and processes. */
public interface RunStore {

    /**
     * Takes or renews the lease, so that two runs are never under way at once.
     *
     * @param run identifies the run that asks
     * @param now a lease that expired before this time is free
     * @param until when the lease expires
     * @return whether this run now has the lease
     */
    boolean lease(String run, Instant now, Instant until);

    /**
     * Gives this run's lease to another name, so that no third run can take it in between. Safe to repeat.
     *
     * @param run has the lease, also if it has expired and no other run took it
     * @param until when the lease expires
     * @return whether {@code next} now has the lease
     */
    boolean handOver(String run, String next, Instant until);

    /** Releases the lease; does nothing if another run has it. */
    void release(String run);

    /** The text saved under this name. */
    Optional<String> load(String name);

    /** Saves a text under a name, durable when it returns; null removes it. */
    void save(String name, @Nullable String text);
}
