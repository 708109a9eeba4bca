package io.github.consentbridge.sync.reconciliation;

/** Another run has the lease. */
public final class ReconciliationUnderWayException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ReconciliationUnderWayException() {
        super(
                "another reconciliation is under way: wait for it to end; the lease of a crashed run expires after ten minutes");
    }
}
