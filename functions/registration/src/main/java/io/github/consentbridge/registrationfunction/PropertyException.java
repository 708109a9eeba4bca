package io.github.consentbridge.registrationfunction;

/** The custom resource is not declared as it should be. The message is one sentence that says what to write. */
final class PropertyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PropertyException(String message) {
        super(message);
    }

    PropertyException(String message, Throwable cause) {
        super(message, cause);
    }
}
