package io.github.consentbridge.sync.operations;

import io.github.consentbridge.connectors.http.RemoteSystem;
import io.github.consentbridge.sync.queue.DiscardedDelivery;
import io.github.consentbridge.sync.reconciliation.ReconciliationListener;
import io.github.consentbridge.sync.reconciliation.ReconciliationReport;
import io.github.consentbridge.sync.reconciliation.ReconciliationRequest;
import io.github.consentbridge.sync.rights.Access;
import io.github.consentbridge.sync.rights.AccessKind;
import io.github.consentbridge.sync.rights.ErasureReport;
import io.github.consentbridge.sync.rights.PersonExport;
import io.github.consentbridge.sync.rights.PersonHashes;
import io.github.consentbridge.sync.rights.PersonQuery;
import io.github.consentbridge.sync.rights.Requester;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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

    /**
     * The organization user ids of the people on contacts that a query finds, read from Dataverse; for a contact that is
     * gone, the one that the ledger remembers. On the access record.
     *
     * @return in order; several if contacts share the address; none if no contact is found
     * @throws io.github.consentbridge.mapping.failure.BridgeException if the query cannot be one, or the contacts that are
     *     found have no organization user id
     * @throws io.github.consentbridge.connectors.http.RemoteException if Dataverse cannot be read
     */
    List<String> find(PersonQuery query, Requester requester);

    /**
     * Puts on the access record that somebody looks at a person. To be called before anything is shown: if it throws, nothing
     * may be shown.
     *
     * @param key the organization user id, as either system spells it; empty where a delivery names none
     * @throws io.github.consentbridge.sync.storage.StorageException if it is not known that it is on record
     */
    void recordAccess(AccessKind kind, String key, Requester requester);

    /**
     * The names under which logs and stores have a person. On the access record.
     *
     * @param key the organization user id, as either system spells it
     * @throws io.github.consentbridge.sync.credentials.CredentialsException if the secret cannot be read
     */
    PersonHashes hashes(String key, Requester requester);

    /** The newest entries of the access record first, at most {@code limit}. */
    List<Access> accesses(int limit);

    /**
     * Everything that is stored about a person, and what both systems show now; a system that cannot be read is named in
     * its place. On the access record.
     *
     * @param reason in the requester's words; null if there is none
     * @return empty if nothing is known of the person here
     */
    Optional<PersonExport> export(String key, Requester requester, @Nullable String reason);

    /**
     * Erases a person: ledger, history, waiting deliveries and dead letters; the tombstone stays. On the access record. A
     * repeat erases what has come since.
     *
     * @param reason in the requester's words
     * @return empty if nothing is known of the person here
     */
    Optional<ErasureReport> erase(String key, Requester requester, String reason);
}
