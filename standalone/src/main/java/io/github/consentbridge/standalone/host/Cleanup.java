package io.github.consentbridge.standalone.host;

import io.github.consentbridge.standalone.store.SqliteLedger;
import io.github.consentbridge.sync.logging.LogFields;
import io.github.consentbridge.sync.logging.OutcomeLog;
import io.github.consentbridge.sync.storage.StorageException;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Deletes once a day what is kept for a time only: history older than {@code history_days}, expired tombstones. */
final class Cleanup implements AutoCloseable {
    private static final Duration EVERY = Duration.ofDays(1);

    private final SqliteLedger ledger;
    private final Duration historyKept;
    private final OutcomeLog outcomeLog;
    private final Clock clock;
    private final Signal signal;
    private volatile @Nullable Thread thread;

    /** @param signal is closed when the bridge is */
    Cleanup(SqliteLedger ledger, Duration historyKept, OutcomeLog outcomeLog, Clock clock, Signal signal) {
        this.ledger = ledger;
        this.historyKept = historyKept;
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
            int purged = ledger.purgeHistory(clock.instant().minus(historyKept));
            ledger.forgetExpiredTombstones();
            if (purged > 0) {
                outcomeLog.log("history purged", null, LogFields.of("entries", purged));
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
