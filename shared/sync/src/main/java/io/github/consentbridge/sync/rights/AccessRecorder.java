package io.github.consentbridge.sync.rights;

import io.github.consentbridge.sync.ledger.LedgerKey;
import io.github.consentbridge.sync.operations.Host;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Puts accesses on the record of a host, before anything is shown: if one cannot be recorded, the caller fails. */
public final class AccessRecorder {
    private final Host host;

    public AccessRecorder(Host host) {
        this.host = host;
    }

    /**
     * Records an access; durable when it returns.
     *
     * @param key the organization user id, as either system spells it; empty if it was not one person
     * @throws io.github.consentbridge.sync.storage.StorageException if it is not known that it is on record
     */
    public void record(AccessKind kind, String key, Requester requester, @Nullable String reason) {
        String person = key.isEmpty() ? "" : host.accessLog().hashOf(LedgerKey.of(host.integration(), key));
        host.accessLog()
                .add(new Access(
                        host.clock().instant().truncatedTo(ChronoUnit.MILLIS), kind, person, requester, reason));
    }
}
