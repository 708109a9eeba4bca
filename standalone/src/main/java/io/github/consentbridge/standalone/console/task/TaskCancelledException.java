package io.github.consentbridge.standalone.console.task;

/** Ends the work of a task that was cancelled. */
final class TaskCancelledException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TaskCancelledException() {
        super("cancelled", null, false, false);
    }
}
