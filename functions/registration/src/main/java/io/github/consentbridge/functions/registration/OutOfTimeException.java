package io.github.consentbridge.functions.registration;

/** The work did not end within the function's time. */
final class OutOfTimeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OutOfTimeException() {
        super("the function's time ended before both systems had answered: repeat the deployment, which continues where"
                + " this one stopped");
    }
}
