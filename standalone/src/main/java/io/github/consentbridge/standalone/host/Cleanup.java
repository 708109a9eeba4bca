package io.github.consentbridge.standalone.host;

import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.standalone.store.Store;
import io.github.consentbridge.sync.logging.LogFields;
import io.github.consentbridge.sync.logging.OutcomeLog;
import io.github.consentbridge.sync.rights.AccessLog;
import io.github.consentbridge.sync.storage.StorageException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Deletes once a day what is kept for a time only: history older than {@code history_days}, expired tombstones, old
 * entries of the access record. Removes from the files what was deleted, then and after each erasure.
 */
final class Cleanup implements AutoCloseable {
    private static final Duration EVERY = Duration.ofDays(1);

    /** While somebody reads the store, such as a backup. */
    private static final Duration SCRUB_AGAIN = Duration.ofSeconds(1);

    private final Store store;
    private final Duration historyKept;
    private final Duration accessesKept;
    private final OutcomeLog outcomeLog;
    private final Clock clock;
    private final Signal signal = new Signal();
    private volatile @Nullable Thread thread;

    Cleanup(Store store, Integration integration, OutcomeLog outcomeLog, Clock clock) {
        this.store = store;
        this.historyKept = Duration.ofDays(integration.historyDays());
        this.accessesKept = AccessLog.kept(integration.historyDays());
        this.outcomeLog = outcomeLog;
        this.clock = clock;
        new Erasures(store, integration, outcomeLog, signal::raise).watch();
    }

    void start() {
        Thread started = new Thread(this::serve, "cleanup");
        thread = started;
        started.start();
    }

    private void serve() {
        Instant next = clock.instant();
        while (!signal.isClosed() && !Thread.currentThread().isInterrupted()) {
            if (!clock.instant().isBefore(next)) {
                cleanUp();
                next = clock.instant().plus(EVERY);
            }
            boolean done = scrub();
            signal.await(done ? Duration.between(clock.instant(), next) : SCRUB_AGAIN);
        }
    }

    private void cleanUp() {
        try {
            int purged = store.ledger().purgeHistory(clock.instant().minus(historyKept));
            store.ledger().forgetExpiredTombstones();
            store.accessLog().purge(clock.instant().minus(accessesKept));
            if (purged > 0) {
                outcomeLog.log("history purged", null, LogFields.of("saves", purged));
            }
        } catch (StorageException e) {
            // Nothing depends on it; the next day tries again.
            outcomeLog.fault("cleanup", e, LogFields.none());
        }
    }

    /** Whether it is over: what failed is tried again the next day, or after the next erasure. */
    private boolean scrub() {
        try {
            return store.scrub();
        } catch (StorageException e) {
            outcomeLog.fault("scrubbing failed", e, LogFields.none());
            return true;
        }
    }

    @Override
    public void close() {
        signal.close();
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
