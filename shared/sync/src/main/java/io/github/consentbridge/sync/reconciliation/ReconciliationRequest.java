package io.github.consentbridge.sync.reconciliation;

/**
 * What a run is asked to do.
 *
 * @param dryRun writes nothing, neither in the other systems nor in the ledger
 * @param initial changes of people without a ledger entry do not count for the stop rule
 * @param force no change counts for the stop rule
 */
public record ReconciliationRequest(Scan scan, boolean dryRun, boolean initial, boolean force) {}
