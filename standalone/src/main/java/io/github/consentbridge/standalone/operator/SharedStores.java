package io.github.consentbridge.standalone.operator;

import io.github.consentbridge.sync.operations.Operations;
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
     * @throws io.github.consentbridge.sync.storage.StorageException if they cannot be used or the bridge does not answer
     */
    public <T> T use(Function<Operations, T> work) {
        OpenStores open = take();
        try {
            return work.apply(open.operations());
        } finally {
            giveBack(open);
        }
    }

    /** Only what others cannot open meanwhile is kept: a running bridge may end at any time, and a stack is never closed. */
    private synchronized OpenStores take() {
        if (stores == null) {
            OpenStores opened = host.open();
            if (!opened.owned()) {
                return opened;
            }
            stores = opened;
        }
        users++;
        return stores;
    }

    private synchronized void giveBack(OpenStores open) {
        if (open.owned()) {
            users--;
            lastUse = clock.instant();
        } else {
            open.close();
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
