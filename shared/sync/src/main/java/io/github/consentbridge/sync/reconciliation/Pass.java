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
    /**
     * Reads a page.
     *
     * @param position what {@link Page#next} of the page before was; null for the first page
     * @throws io.github.consentbridge.connectors.http.RemoteException if it cannot be read; an empty page never means that
     */
    Page read(@Nullable String position);

    /** One page, read and not yet settled. */
    interface Page {
        /** How many rows the stop rule counts. */
        int rows();

        /** The users or contacts read. */
        Totals read();

        /** Where the pass continues; empty on its last page. */
        Optional<String> next();

        /**
         * Settles the people on the page. Safe to repeat.
         *
         * @param onlyInDynamics receives the keys of contacts that no Didomi user has
         */
        List<SettledPerson> settle(Consumer<String> onlyInDynamics, Deadline deadline, Permission permission);

        /**
         * Called when the last page of the pass is settled.
         *
         * @param begun when the run began
         */
        default void passDone(Instant begun) {}
    }
}
