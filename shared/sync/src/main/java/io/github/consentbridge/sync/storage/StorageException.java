package io.github.consentbridge.sync.storage;

import io.github.consentbridge.mapping.failure.BridgeException;
import io.github.consentbridge.mapping.failure.ExitCode;
import org.jspecify.annotations.Nullable;

/** Our own storage (ledger, queue, dead letters) failed; assume that nothing was stored. */
public final class StorageException extends BridgeException {
    private static final long serialVersionUID = 1L;

    public StorageException(String message) {
        super(ExitCode.FAILURE, message);
    }

    public StorageException(String message, Throwable cause) {
        super(ExitCode.FAILURE, message, cause);
    }

    /** A storage that cannot be used because of where or how it was set up: {@link ExitCode#USAGE}, not a failure. */
    public static StorageException misplaced(String message, @Nullable Throwable cause) {
        return new StorageException(ExitCode.USAGE, message, cause);
    }

    private StorageException(ExitCode code, String message, @Nullable Throwable cause) {
        super(code, message, cause);
    }
}
