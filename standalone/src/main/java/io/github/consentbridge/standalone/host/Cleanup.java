package io.github.consentbridge.standalone.host;

import io.github.consentbridge.standalone.store.SqliteLedger;
import io.github.consentbridge.standalone.store.Store;
import io.github.consentbridge.sync.logging.LogFields;
import io.github.consentbridge.sync.logging.OutcomeLog;
import io.github.consentbridge.sync.rights.AccessLog;
import io.github.consentbridge.sync.storage.StorageException;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Deletes once a day what is kept for a time only: history older than {@code history_days}, expired tombstones, old
 * entries of the access record. */
final class Cleanup implements AutoCloseable {
    private static final Duration EVERY = Duration.ofDays(1);

    private final SqliteLedger ledger;
    private final AccessLog accessLog;
    private final int historyDays;
    private final OutcomeLog outcomeLog;
    private final Clock clock;
    private final Signal signal;
    private volatile @Nullable Thread thread;

    /** @param signal is closed when the bridge is */
    Cleanup(Store store, int historyDays, OutcomeLog outcomeLog, Clock clock, Signal signal) {
        this.ledger = store.ledger();
        this.accessLog = store.accessLog();
        this.historyDays = historyDays;
        this.outcomeLog = outcomeLog;
        this.clock = clock;
        this.signal = signal;
    }

    void start() {
        Thread started = new Thread(this::serve, "cleanup");
        thread = started;
        started.start();
    }

    private void serve() {
        while (!signal.isClosed() && !Thread.currentThread().isInterrupted()) {
            cleanUp();
            signal.pause(EVERY);
        }
    }

    private void cleanUp() {
        try {
            int purged = ledger.purgeHistory(clock.instant().minus(Duration.ofDays(historyDays)));
            ledger.forgetExpiredTombstones();
            accessLog.purge(clock.instant().minus(AccessLog.kept(historyDays)));
            if (purged > 0) {
                outcomeLog.log("history purged", null, LogFields.of("saves", purged));
            }
        } catch (StorageException e) {
            // Nothing depends on it; the next day tries again.
            outcomeLog.fault("cleanup", e, LogFields.none());
        }
    }

    @Override
    public void close() {
        @Nullable Thread started = thread;
        if (started == null) {
            return;
        }
        try {
            started.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
