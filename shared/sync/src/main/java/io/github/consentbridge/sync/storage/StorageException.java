package io.github.consentbridge.sync.storage;

import io.github.consentbridge.mapping.failure.BridgeException;
import io.github.consentbridge.mapping.failure.ExitCode;

/** Our own storage (ledger, queue, dead letters) failed; assume that nothing was stored. */
public final class StorageException extends BridgeException {
    private static final long serialVersionUID = 1L;

    public StorageException(String message) {
        super(ExitCode.FAILURE, message);
    }

    public StorageException(String message, Throwable cause) {
        super(ExitCode.FAILURE, message, cause);
    }
}
