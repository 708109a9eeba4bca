package io.github.consentbridge.functions.registration;

import io.github.consentbridge.mapping.failure.BridgeException;
import io.github.consentbridge.mapping.failure.ExitCode;

/** The function's time is over before the work is. */
final class OutOfTimeException extends BridgeException {
    private static final long serialVersionUID = 1L;

    OutOfTimeException() {
        super(
                ExitCode.FAILURE,
                "the function's time ended before both systems had answered: repeat the deployment, which goes on where"
                        + " this one stopped");
    }
}
