package io.github.consentbridge.standalone.cli;

/** SIGTERM and Ctrl-C are an orderly end. */
final class Stop {
    private Stop() {}

    /** Runs this when the process is told to stop, and lets it end with 0 instead of the signal's number. */
    static void onTermination(Runnable work) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(work), "stop"));
    }

    @SuppressWarnings("SystemExitOutsideMain") // A shutdown hook has no other way to say that all went well.
    private static void end(Runnable work) {
        int status = Bridge.FAILURE;
        try {
            work.run();
            status = Bridge.DONE;
        } finally {
            System.out.flush();
            Runtime.getRuntime().halt(status);
        }
    }
}
