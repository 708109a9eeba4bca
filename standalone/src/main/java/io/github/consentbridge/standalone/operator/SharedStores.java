package io.github.consentbridge.standalone.operator;

import io.github.consentbridge.sync.operations.Operations;
import io.github.consentbridge.sync.storage.StorageException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Opens an operator's stores when they are needed, shares them among all who work on them, and closes them a few seconds after
 * the last use, so that {@code run} can own the folder. Safe for use by several threads.
 */
public final class SharedStores implements AutoCloseable {
    /** Requests of one page follow each other faster. */
    private static final Duration KEPT = Duration.ofSeconds(3);

    private final OperatorHost host;
    private final Clock clock;
    private @Nullable OpenStores stores;
    private int users;
    private Instant lastUse = Instant.MIN;

    public SharedStores(OperatorHost host, Clock clock) {
        this.host = host;
        this.clock = clock;
    }

    /**
     * Works on the stores.
     *
     * @throws StorageException if they cannot be used or the bridge does not answer
     */
    public <T> T use(Function<Operations, T> work) {
        OpenStores open = take();
        try {
            return work.apply(open.operations());
        } catch (StorageException e) {
            forget(open);
            throw e;
        } finally {
            giveBack();
        }
    }

    private synchronized OpenStores take() {
        if (stores == null) {
            stores = host.open();
        }
        users++;
        return stores;
    }

    private synchronized void giveBack() {
        users--;
        lastUse = clock.instant();
    }

    /** The bridge that was running may have ended: the next one opens the stores anew. */
    private synchronized void forget(OpenStores failed) {
        if (failed == stores && !failed.owned()) {
            stores = null;
        }
    }

    /** Closes them if they have not been used for a while. */
    public synchronized void closeIfUnused() {
        if (users == 0 && stores != null && clock.instant().isAfter(lastUse.plus(KEPT))) {
            close();
        }
    }

    /** Closes them now. A repeat does nothing. */
    @Override
    public synchronized void close() {
        if (stores != null) {
            stores.close();
            stores = null;
        }
    }
}
