package io.github.consentbridge.mapping.failure;

/** How a command ends. */
public enum ExitCode {
    DONE(0),
    /** A check failed, a dry run found differences, a run stopped, or nothing was found. */
    FINDINGS(1),
    /** Wrong options, or a configuration that cannot be used. */
    USAGE(2),
    /** A remote system or our own storage failed. */
    FAILURE(3),
    /** Another run is under way. */
    BUSY(4);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }
}
