package io.github.consentbridge.aws;

import java.time.Duration;

/** Times as SQS counts them. */
public final class WholeSeconds {
    private WholeSeconds() {}

    /** Rather a little longer than was asked for. */
    public static long of(Duration time) {
        return time.plusSeconds(1).minusNanos(1).toSeconds();
    }
}
