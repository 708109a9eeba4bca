package io.github.consentbridge.sync.credentials;

import io.github.consentbridge.mapping.failure.BridgeException;
import io.github.consentbridge.mapping.failure.ExitCode;

/** The secret cannot be read or used. The message says what to do and contains nothing of its values. */
public final class CredentialsException extends BridgeException {
    private static final long serialVersionUID = 1L;

    public CredentialsException(String message) {
        super(ExitCode.USAGE, message);
    }

    public CredentialsException(String message, Throwable cause) {
        super(ExitCode.USAGE, message, cause);
    }
}
