package io.github.consentbridge.sync.ledger;

import io.github.consentbridge.connectors.http.RemoteSystem;
import java.time.Instant;
import java.util.Map;

/** Until when each remote system is left alone, shared by all workers. Safe for use by several threads and processes. */
public interface Pauses {
    /** Pauses that are not over yet may be listed, others may be missing. */
    Map<RemoteSystem, Instant> pausedUntil();

    /** Pauses a system; never shortens a longer pause. */
    void pause(RemoteSystem system, Instant until);
}
