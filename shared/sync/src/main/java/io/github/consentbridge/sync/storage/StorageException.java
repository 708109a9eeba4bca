package io.github.consentbridge.sync.storage;

/** Our own storage (ledger, queue, dead letters) could not do what was asked; nothing is known to be stored. */
public final class StorageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StorageException(String message) {
        super(message);
    }

    public StorageException(String message, Throwable cause) {
        super(message, cause);
    }
}
