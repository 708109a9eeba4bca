package io.github.consentbridge.reconciliation;

import io.github.consentbridge.remote.Deadline;
import io.github.consentbridge.sync.PageSettler.Permission;
import io.github.consentbridge.sync.SettledPerson;
import java.util.List;
import java.util.Optional;

/** One page of a pass, read and not settled yet. */
interface Page {
    /** How many rows were read. */
    int size();

    /** What reading alone found: people that are on one side only. */
    Totals read();

    /** Where the pass goes on; empty on its last page. */
    Optional<String> next();

    /** Settles the people on it. A repeat finds done what is done. */
    List<SettledPerson> settle(Deadline deadline, Permission permission);

    /** Called when the last page of a pass is settled. */
    default void passDone() {}
}
