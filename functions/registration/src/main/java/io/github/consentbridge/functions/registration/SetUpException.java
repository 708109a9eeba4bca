package io.github.consentbridge.functions.registration;

/** The resource or its function is declared incorrectly. The message is one sentence that says what to write. */
final class SetUpException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SetUpException(String message) {
        super(message);
    }

    SetUpException(String message, Throwable cause) {
        super(message, cause);
    }
}
