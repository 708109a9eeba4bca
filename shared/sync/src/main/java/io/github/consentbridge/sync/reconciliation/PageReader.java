package io.github.consentbridge.sync.reconciliation;

import io.github.consentbridge.connectors.http.Deadline;
import io.github.consentbridge.connectors.http.RemoteException;
import io.github.consentbridge.connectors.http.RetryPolicy.Sleeper;
import io.github.consentbridge.sync.connections.Connections;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads pages, and waits for a system that is not to be had for a while. */
final class PageReader {
    private static final int MAX_WAITS = 100;

    private static final int MAX_GUESSED_WAITS = 5;

    /** Where a system does not say when to come again. */
    private static final Duration GUESSED_WAIT = Duration.ofMinutes(1);

    private final Connections connections;
    private final Sleeper sleeper;
    private final Deadline deadline;
    private boolean begun;

    PageReader(Connections connections, Sleeper sleeper, Deadline deadline) {
        this.connections = connections;
        this.sleeper = sleeper;
        this.deadline = deadline;
    }

    /**
     * Reads a page. A run that cannot even begin says so at once: whoever has started it can look into it.
     *
     * @throws RemoteException if it cannot be read
     */
    Page read(Pass pass, @Nullable String position) throws InterruptedException {
        int patience = MAX_WAITS;
        while (true) {
            try {
                Page page = pass.read(position);
                begun = true;
                return page;
            } catch (RemoteException e) {
                if (connections.refreshAfter(e)) {
                    continue;
                }
                // Whoever says for how long may be waited for longer.
                patience -= e.retryAfter().isPresent() ? 1 : MAX_WAITS / MAX_GUESSED_WAITS;
                Duration wait = e.retryAfter().orElse(GUESSED_WAIT);
                if (!isPassing(e) || patience <= 0 || !ReconciliationRun.isTimeLeft(deadline, wait)) {
                    throw e;
                }
                sleeper.sleep(wait);
            }
        }
    }

    private boolean isPassing(RemoteException failure) {
        return failure.kind() == RemoteException.Kind.THROTTLED
                || (begun && failure.kind() == RemoteException.Kind.UNAVAILABLE);
    }
}
