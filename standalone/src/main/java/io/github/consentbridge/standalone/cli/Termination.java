package io.github.consentbridge.standalone.cli;

import io.github.consentbridge.mapping.failure.ExitCode;

/** SIGTERM and Ctrl-C end a serving command in order. */
public final class Termination {
    private Termination() {}

    /** Runs this on termination, then exits with 0 instead of the signal's number. */
    public static void run(Runnable work) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(work), "stop"));
    }

    @SuppressWarnings("SystemExitOutsideMain") // A shutdown hook has no other way to set the exit code.
    private static void end(Runnable work) {
        ExitCode code = ExitCode.FAILURE;
        try {
            work.run();
            code = ExitCode.DONE;
        } finally {
            System.out.flush();
            Runtime.getRuntime().halt(code.number());
        }
    }
}
