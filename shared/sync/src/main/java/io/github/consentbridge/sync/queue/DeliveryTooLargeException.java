package io.github.consentbridge.sync.queue;

import io.github.consentbridge.mapping.failure.BridgeException;
import io.github.consentbridge.mapping.failure.ExitCode;

/** A delivery is larger than its queue can take. Nothing of it is stored, and another try cannot help. */
public final class DeliveryTooLargeException extends BridgeException {
    private static final long serialVersionUID = 1L;

    public DeliveryTooLargeException(String message) {
        super(ExitCode.FAILURE, message);
    }
}
