package io.github.consentbridge.sync.reconciliation;

import io.github.consentbridge.connectors.http.Deadline;
import io.github.consentbridge.sync.worker.PageSettler.Permission;
import io.github.consentbridge.sync.worker.SettledPerson;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One page of a pass, read and not settled yet. */
public interface Page {
    /** How many rows were read. */
    int size();

    /** What was read, and once it is settled the contacts among it whose key no Didomi user has. */
    Totals read();

    /** The keys of those contacts, once it is settled. */
    default List<String> onlyInDynamics() {
        return List.of();
    }

    /** Where the pass goes on; empty on its last page. */
    Optional<String> next();

    /** Settles the people on it. A repeat finds done what is done. */
    List<SettledPerson> settle(Deadline deadline, Permission permission);

    /**
     * Called when the last page of a pass is settled.
     *
     * @param begun when the run began
     */
    default void passDone(Instant begun) {}
}
