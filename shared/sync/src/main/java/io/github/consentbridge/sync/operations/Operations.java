package io.github.consentbridge.sync.operations;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.sync.reconciliation.ReconciliationRequest;
import java.util.Optional;
import java.util.function.Consumer;

/** What an operator may ask, with answers as the commands print them under {@code --json}. */
public interface Operations {
    /**
     * Why a person's values are what they are.
     *
     * @param key the organization user id, as any system spells it
     * @return {@code {"key","contact_id","erased_at","registers":[…]}}; empty if nothing is known of this person
     */
    Optional<ObjectNode> explain(String key);

    /**
     * What could not be applied, the oldest first.
     *
     * @return {@code [{"id","side","key","reason","received_at","attempts"}]}, at most {@code limit}
     */
    ArrayNode deadLetters(DeadLetterFilter filter, int limit);

    /**
     * Puts dead letters back into the queue, as if they had never failed. A repeat finds them gone.
     *
     * @return how many
     */
    int replay(DeadLetterFilter filter);

    /**
     * Reconciles, or goes on where the last run with this request ended.
     *
     * @param lines hears what happens as it does, one of {@code {"found":{…}}}, {@code {"failed":{"key","reason"}}},
     *     {@code {"only_in":{"side","key"}}} and
     *     {@code {"progress":{…}}} at a time; an exception of its ends the run after that page
     * @return the report without the differences
     * @throws io.github.consentbridge.sync.reconciliation.ReconciliationUnderWayException if another run is under way
     * @throws io.github.consentbridge.connectors.http.RemoteException if a side cannot be read; a later run goes on from there
     */
    ObjectNode reconcile(ReconciliationRequest request, Consumer<ObjectNode> lines) throws InterruptedException;
}
