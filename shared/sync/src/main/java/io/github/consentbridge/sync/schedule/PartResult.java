package io.github.consentbridge.sync.schedule;

import io.github.consentbridge.sync.reconciliation.ReconciliationReport;

/** What became of one part of a scheduled run. */
public sealed interface PartResult {
    /** The part was run; if it did not come to the end, the next part is in the queue. */
    record Ran(ReconciliationReport report) implements PartResult {}

    /** Another run has the lease: nothing was done. */
    record UnderWay() implements PartResult {}

    /** The part was done before: there is nothing left to do. */
    record Repeated() implements PartResult {}
}
