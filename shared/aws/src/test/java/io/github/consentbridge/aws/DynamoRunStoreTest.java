package io.github.consentbridge.aws;

import io.github.consentbridge.reconciliation.RunStore;
import io.github.consentbridge.reconciliation.RunStoreContract;

class DynamoRunStoreTest extends RunStoreContract {
    private final String table = Emulators.newTable();

    @Override
    protected RunStore runs() {
        return new DynamoRunStore(Emulators.table(table));
    }
}
