package io.github.consentbridge.standalone.store;

import io.github.consentbridge.sync.queue.DeadLetters;
import io.github.consentbridge.sync.queue.DeadLettersContract;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class SqliteDeadLettersTest extends DeadLettersContract {
    @RegisterExtension
    final DataFolder data = new DataFolder();

    @TempDir
    Path parent;

    @Override
    protected DeadLetters letters() {
        return data.open(parent, Clock.systemUTC()).deadLetters();
    }
}
