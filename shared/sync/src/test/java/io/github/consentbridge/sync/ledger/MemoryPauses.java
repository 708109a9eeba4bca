package io.github.consentbridge.sync.ledger;

import io.github.consentbridge.connectors.http.RemoteSystem;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Pauses in a map that the test may look into and change. */
public final class MemoryPauses implements Pauses {
    private final Map<RemoteSystem, Instant> paused;

    public MemoryPauses(Map<RemoteSystem, Instant> paused) {
        this.paused = paused;
    }

    @Override
    public Map<RemoteSystem, Instant> pausedUntil() {
        synchronized (paused) {
            return Map.copyOf(paused);
        }
    }

    @Override
    public void pause(RemoteSystem system, Instant until) {
        synchronized (paused) {
            paused.merge(system, until, (one, other) -> one.isAfter(other) ? one : other);
        }
    }

    @Override
    public boolean replace(RemoteSystem system, Instant known, Instant until) {
        synchronized (paused) {
            return paused.replace(system, known, until);
        }
    }

    @Override
    public boolean end(RemoteSystem system, Instant known) {
        synchronized (paused) {
            return paused.remove(system, known);
        }
    }

    @Override
    public Optional<Instant> lift(RemoteSystem system) {
        synchronized (paused) {
            return Optional.ofNullable(paused.remove(system));
        }
    }
}
