package io.github.consentbridge.sync.operations;

import io.github.consentbridge.connectors.http.RemoteSystem;
import io.github.consentbridge.sync.queue.DiscardedDelivery;
import io.github.consentbridge.sync.reconciliation.ReconciliationListener;
import io.github.consentbridge.sync.reconciliation.ReconciliationReport;
import io.github.consentbridge.sync.reconciliation.ReconciliationRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What an operator can ask of a bridge, on either host and from either process. */
public interface Operations {
    /**
     * Why a person's values are what they are.
     *
     * @param key the organization user id, as either system spells it
     * @return empty if nothing is known of this person, and nothing that is not applied yet can be seen
     */
    Optional<Explanation> explain(String key);

    /**
     * How what is known of a person came about.
     *
     * @param key the organization user id, as either system spells it
     * @return empty if nothing was recorded of this person
     */
    Optional<PersonHistory> history(String key);

    /** The deliveries that could not be applied, the oldest first, at most {@code limit}. */
    List<DeadLetterSummary> deadLetters(DeadLetterFilter filter, int limit);

    /**
     * One dead letter with its delivery.
     *
     * @param plain whether to show personal data, which is masked otherwise
     */
    Optional<DeadLetterDetail> deadLetter(String id, boolean plain);

    /**
     * Gives up a dead letter for good; what is returned stays on record. A repeat does not find it again.
     *
     * @return empty if there is no such dead letter
     */
    Optional<DiscardedDelivery> discard(String id, DiscardedDelivery.Decision decision);

    /** What is on record of dead letters with this id that were given up, the oldest first. */
    List<DiscardedDelivery> discarded(String id);

    /**
     * Puts dead letters back into the queue. They are tried as often as if they had never failed. A repeat does not find
     * them again.
     *
     * @return how many
     */
    int replay(DeadLetterFilter filter);

    /**
     * Lifts the pauses of these systems, so that workers ask them at once. Their deliveries that wait are taken at once
     * where the queue can show them again, otherwise within 15 minutes. A repeat does nothing.
     *
     * @return until when each of them was paused; a system that was not is absent
     */
    Map<RemoteSystem, Instant> resume(Set<RemoteSystem> systems);

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
