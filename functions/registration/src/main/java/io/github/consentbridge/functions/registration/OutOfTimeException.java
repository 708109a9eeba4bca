package io.github.consentbridge.functions.registration;

import io.github.consentbridge.mapping.failure.BridgeException;
import io.github.consentbridge.mapping.failure.ExitCode;

/** The work did not end within the function's time. */
final class OutOfTimeException extends BridgeException {
    private static final long serialVersionUID = 1L;

    OutOfTimeException() {
        super(
                ExitCode.FAILURE,
                "the function's time ended before both systems had answered: repeat the deployment, which continues where"
                        + " this one stopped");
    }
}
