package io.github.consentbridge.mapping.delivery;

/** A body without the form that its sender documents. The message says what is wrong and quotes nothing of the body. */
public final class MalformedDeliveryException extends Exception {
    private static final long serialVersionUID = 1;

    public MalformedDeliveryException(String message) {
        super(message);
    }
}
