package io.github.consentbridge.sync.operations;

import io.github.consentbridge.sync.reconciliation.ReconciliationListener;
import io.github.consentbridge.sync.reconciliation.ReconciliationReport;
import io.github.consentbridge.sync.reconciliation.ReconciliationRequest;
import java.util.List;
import java.util.Optional;

/** What an operator can ask of a bridge, on either host and from either process. */
public interface Operations {
    /**
     * Why a person's values are what they are.
     *
     * @param key the organization user id, as either system spells it
     * @return empty if nothing is known of this person, and nothing that is not applied yet can be seen
     */
    Optional<Explanation> explain(String key);

    /** The deliveries that could not be applied, the oldest first, at most {@code limit}. */
    List<DeadLetterSummary> deadLetters(DeadLetterFilter filter, int limit);

    /**
     * Puts dead letters back into the queue, with no attempt counted. A repeat does not find them again.
     *
     * @return how many
     */
    int replay(DeadLetterFilter filter);

    /**
     * Reconciles, or continues where the last run with this request ended.
     *
     * @param listener if it throws, the run ends after that page
     * @throws io.github.consentbridge.sync.reconciliation.ReconciliationUnderWayException if another run is under way
     * @throws io.github.consentbridge.connectors.http.RemoteException if a side cannot be read; the next run
     *     continues from there
     */
    ReconciliationReport reconcile(ReconciliationRequest request, ReconciliationListener listener)
            throws InterruptedException;
}
