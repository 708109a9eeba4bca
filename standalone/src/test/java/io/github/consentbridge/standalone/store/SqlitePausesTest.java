package io.github.consentbridge.standalone.store;

import io.github.consentbridge.sync.ledger.Pauses;
import io.github.consentbridge.sync.ledger.PausesContract;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class SqlitePausesTest extends PausesContract {
    @RegisterExtension
    final DataFolder data = new DataFolder();

    @TempDir
    Path parent;

    @Override
    protected Pauses pauses() {
        return data.open(parent, Clock.systemUTC()).pauses();
    }
}
