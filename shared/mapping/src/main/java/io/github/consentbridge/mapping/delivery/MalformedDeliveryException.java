package io.github.consentbridge.mapping.delivery;

/** A body that is not what the sender documents. The message says what is wrong and repeats nothing of the body. */
public final class MalformedDeliveryException extends Exception {
    private static final long serialVersionUID = 1;

    public MalformedDeliveryException(String message) {
        super(message);
    }
}
