package io.github.consentbridge.sync.ledger;

import io.github.consentbridge.connectors.http.RemoteSystem;
import java.util.EnumMap;

/** The pauses of the tests are as strict as those of the hosts. */
class MemoryPausesTest extends PausesContract {
    private final Pauses pauses = new MemoryPauses(new EnumMap<>(RemoteSystem.class));

    @Override
    protected Pauses pauses() {
        return pauses;
    }
}
