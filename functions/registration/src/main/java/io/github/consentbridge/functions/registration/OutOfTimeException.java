package io.github.consentbridge.functions.registration;

/** The function's time is over before the work is. */
final class OutOfTimeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OutOfTimeException() {
        super("the function's time ended before both systems had answered: repeat the deployment, which goes on where"
                + " this one stopped");
    }
}
