package io.github.consentbridge.functions.registration;

import io.github.consentbridge.mapping.failure.BridgeException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** What CloudFormation shows beside a failed resource: one sentence, without secrets. */
final class FailureReason {
    /** So that the whole answer stays within the 4,096 bytes that CloudFormation takes, whatever the characters. */
    static final int MAX_CHARACTERS = 800;

    private FailureReason() {}

    /** Messages are our own exceptions' only: others quote addresses, bodies and keys. */
    static String of(Throwable failure) {
        return failure instanceof BridgeException expected
                ? shortened(expected.sentence())
                : "the registration failed unexpectedly (" + kind(failure) + "): the function's log says where";
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
