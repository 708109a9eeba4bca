package io.github.consentbridge.aws;

import java.time.Duration;

/** Converts durations to SQS's whole seconds. */
public final class WholeSeconds {
    private WholeSeconds() {}

    /** Rounds up, so that the wait is never shorter. */
    public static long of(Duration time) {
        return time.plusSeconds(1).minusNanos(1).toSeconds();
    }
}
