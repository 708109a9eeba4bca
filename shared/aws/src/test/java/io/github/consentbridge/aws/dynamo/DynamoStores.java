package io.github.consentbridge.aws.dynamo;

import io.github.consentbridge.aws.Emulators;
import io.github.consentbridge.sync.ledger.ConsentLedger;
import io.github.consentbridge.sync.reconciliation.RunStore;
import io.github.consentbridge.sync.worker.StoresUnderTest;
import java.time.Clock;

/** A new table for each test, so that tests are independent. */
public final class DynamoStores implements StoresUnderTest {
    @Override
    public ConsentLedger ledger(Clock clock) {
        return new DynamoLedger(
                Emulators.table(Emulators.newTable()), Emulators.history(Emulators.newHistoryTable()), clock);
    }

    @Override
    public RunStore runs() {
        return new DynamoRunStore(Emulators.table(Emulators.newTable()));
    }
}
