package io.github.consentbridge.functions.reconciliation;

import io.github.consentbridge.sync.reconciliation.ReconciliationRequest;

/** Has the function called once more, for a run that did not fit into one call. */
@FunctionalInterface
public interface Continuation {
    /** Asks for it; a repeat is harmless, as a run that is finished leaves nothing to go on with. */
    void goOn(ReconciliationRequest request);
}
