package io.github.consentbridge.aws.dynamo;

import io.github.consentbridge.aws.Emulators;
import io.github.consentbridge.sync.reconciliation.RunStore;
import io.github.consentbridge.sync.reconciliation.RunStoreContract;

class DynamoRunStoreTest extends RunStoreContract {
    private final String table = Emulators.newTable();

    @Override
    protected RunStore runs() {
        return new DynamoRunStore(Emulators.table(table));
    }
}
