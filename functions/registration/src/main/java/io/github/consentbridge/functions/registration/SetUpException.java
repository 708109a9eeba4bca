package io.github.consentbridge.functions.registration;

import io.github.consentbridge.mapping.failure.BridgeException;
import io.github.consentbridge.mapping.failure.ExitCode;

/** The resource or its function is not declared as it should be. The message is one sentence that says what to write. */
final class SetUpException extends BridgeException {
    private static final long serialVersionUID = 1L;

    SetUpException(String message) {
        super(ExitCode.USAGE, message);
    }

    SetUpException(String message, Throwable cause) {
        super(ExitCode.USAGE, message, cause);
    }
}
