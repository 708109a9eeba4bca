package io.github.consentbridge.sync.reconciliation;

import io.github.consentbridge.connectors.http.Deadline;
import io.github.consentbridge.sync.worker.PageSettler.Permission;
import io.github.consentbridge.sync.worker.SettledPerson;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One way through one side, page by page. */
interface Pass {
    /** What it reads, for people. */
    String subject();

    /**
     * Reads a page.
     *
     * @param position {@link Page#next} of the page before; null for the first page
     * @throws io.github.consentbridge.connectors.http.RemoteException if it cannot be read; an empty page never means that
     */
    Page read(@Nullable String position);

    /**
     * Called when the last page is settled.
     *
     * @param begun when the run began
     */
    default void done(Page last, Instant begun) {}

    /**
     * One page, read and not yet settled.
     *
     * @param rows how many rows the stop rule counts
     * @param read the users or contacts read
     * @param next where the pass continues; empty on its last page
     * @param nextPass where the next such pass can start, if the last page says so
     */
    record Page(int rows, Totals read, Optional<String> next, Optional<String> nextPass, Settling settling) {}

    /** Settles the people on a page. */
    @FunctionalInterface
    interface Settling {
        /**
         * Safe to repeat.
         *
         * @param onlyInDynamics receives the keys of contacts that no Didomi user has
         */
        List<SettledPerson> settle(Consumer<String> onlyInDynamics, Deadline deadline, Permission permission);
    }
}
