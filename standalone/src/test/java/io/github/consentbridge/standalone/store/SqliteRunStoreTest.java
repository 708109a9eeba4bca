package io.github.consentbridge.standalone.store;

import io.github.consentbridge.sync.reconciliation.RunStore;
import io.github.consentbridge.sync.reconciliation.RunStoreContract;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class SqliteRunStoreTest extends RunStoreContract {
    @RegisterExtension
    final DataFolder data = new DataFolder();

    @TempDir
    Path parent;

    @Override
    protected RunStore runs() {
        // Not opened anew: one process owns the folder, and a lease ends with it.
        return data.opened(parent, Clock.systemUTC()).runs();
    }
}
