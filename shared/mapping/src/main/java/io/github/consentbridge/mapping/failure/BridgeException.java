package io.github.consentbridge.mapping.failure;

import org.jspecify.annotations.Nullable;

/**
 * A failure that an operator can do something about. The message is one sentence, or one line per problem, that says
 * what is wrong and what to do. It contains no secret.
 */
public class BridgeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;

    public BridgeException(ExitCode exitCode, String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
        this.exitCode = exitCode;
    }

    public BridgeException(ExitCode exitCode, String sentence) {
        this(exitCode, sentence, null);
    }

    /** How a command ends that fails with this. */
    public final ExitCode exitCode() {
        return exitCode;
    }

    /** What is wrong and what to do. */
    public final String sentence() {
        return String.valueOf(getMessage());
    }
}
