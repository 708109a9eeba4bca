package io.github.consentbridge.sync.credentials;

/** The secret cannot be had or used. The message says what to do and holds nothing of its values. */
public final class CredentialsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CredentialsException(String message) {
        super(message);
    }

    public CredentialsException(String message, Throwable cause) {
        super(message, cause);
    }
}
