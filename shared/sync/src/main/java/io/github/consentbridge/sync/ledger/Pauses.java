package io.github.consentbridge.sync.ledger;

import io.github.consentbridge.connectors.http.RemoteSystem;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Until when each remote system is left alone, shared by all workers. A pause stays known when its time is over, until the
 * system has answered: the worker that {@linkplain #replace replaces} it asks, and the others wait for what it hears. Times
 * are exact to the millisecond. Every method is atomic. Safe for use by several threads and processes.
 *
 * <p>The methods throw a {@link io.github.consentbridge.sync.storage.StorageException} if the store fails.
 */
public interface Pauses {
    /** The pauses, also those that are over and that nobody has ended yet. */
    Map<RemoteSystem, Instant> pausedUntil();

    /** Pauses a system; never shortens a longer pause. A repeat is harmless. */
    void pause(RemoteSystem system, Instant until);

    /**
     * Replaces a pause by another one, which may be shorter, unless it has changed.
     *
     * @param known as {@link #pausedUntil} returned it
     * @return whether this call has done it: of several callers who know the same pause, one gets true
     */
    boolean replace(RemoteSystem system, Instant known, Instant until);

    /**
     * Ends a pause, unless it has changed.
     *
     * @return whether this call has done it
     */
    boolean end(RemoteSystem system, Instant known);

    /**
     * Ends a pause, whatever its time.
     *
     * @return what it was, also if it was over; empty if there was none
     */
    Optional<Instant> lift(RemoteSystem system);
}
