package io.github.consentbridge.sync.reconciliation;

import io.github.consentbridge.mapping.failure.BridgeException;
import io.github.consentbridge.mapping.failure.ExitCode;

/** Another run has the lease. */
public final class ReconciliationUnderWayException extends BridgeException {
    private static final long serialVersionUID = 1L;

    ReconciliationUnderWayException() {
        super(
                ExitCode.BUSY,
                "another reconciliation is running: wait until it ends; the lease of a crashed run expires after ten minutes");
    }
}
