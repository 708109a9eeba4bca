package io.github.consentbridge.standalone.store;

import io.github.consentbridge.sync.ledger.ConsentLedger;
import io.github.consentbridge.sync.reconciliation.RunStore;
import io.github.consentbridge.sync.worker.StoresUnderTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.stream.Stream;

/** A new data folder for each test, so that tests are independent; all of them are deleted when the process ends. */
public final class SqliteStores implements StoresUnderTest {
    @Override
    public ConsentLedger ledger(Clock clock) {
        return open(clock).ledger();
    }

    @Override
    public RunStore runs() {
        return open(Clock.systemUTC()).runs();
    }

    private static Store open(Clock clock) {
        try {
            Path folder = Files.createTempDirectory("consent-bridge-suite");
            Store store = Store.open(folder.resolve("data"), clock);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                store.close();
                delete(folder);
            }));
            return store;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
