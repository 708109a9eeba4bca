package io.github.consentbridge.standalone.http;

import io.github.consentbridge.mapping.failure.BridgeException;
import io.github.consentbridge.mapping.failure.ExitCode;

/** The server cannot listen on an address. */
public final class AddressException extends BridgeException {
    private static final long serialVersionUID = 1L;

    AddressException(String message, Throwable cause) {
        super(ExitCode.USAGE, message, cause);
    }
}
