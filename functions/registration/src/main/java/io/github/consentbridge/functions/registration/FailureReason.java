package io.github.consentbridge.functions.registration;

import io.github.consentbridge.mapping.failure.BridgeException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** The reason of a failure for CloudFormation: one sentence, without secrets. */
final class FailureReason {
    /** Keeps the answer within CloudFormation's limit of 4,096 bytes with any characters. */
    static final int MAX_CHARACTERS = 800;

    private FailureReason() {}

    /** Uses messages of our own exceptions only: others may quote addresses, bodies and keys. */
    static String of(Throwable failure) {
        return failure instanceof BridgeException expected
                ? shortened(expected.sentence())
                : "the registration failed unexpectedly (" + kind(failure) + "): see the function's log";
    }

    private static String kind(Throwable failure) {
        @Nullable Throwable cause = failure.getCause();
        return (failure instanceof ExecutionException && cause != null ? cause : failure)
                .getClass()
                .getName();
    }

    private static String shortened(String message) {
        String line = message.strip().replaceAll("\\R+", "; ").replaceAll("\\p{Cntrl}+", " ");
        return line.length() <= MAX_CHARACTERS ? line : line.substring(0, MAX_CHARACTERS - 1) + "…";
    }
}
