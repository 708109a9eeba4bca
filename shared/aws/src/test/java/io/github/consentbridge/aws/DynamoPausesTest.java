package io.github.consentbridge.aws;

import io.github.consentbridge.ledger.Pauses;
import io.github.consentbridge.ledger.PausesContract;

class DynamoPausesTest extends PausesContract {
    private final String table = Emulators.newTable();

    @Override
    protected Pauses pauses() {
        return new DynamoPauses(Emulators.table(table));
    }
}
