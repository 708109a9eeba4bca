package io.github.consentbridge.standalone.http;

/** An address cannot be listened on; the message says what to do. */
public final class AddressException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AddressException(String message, Throwable cause) {
        super(message, cause);
    }
}
