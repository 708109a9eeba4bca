package io.github.consentbridge.connectors.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.connectors.dataverse.api.DataverseException;
import java.time.Duration;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {
    private final RetryPolicy policy = RetryPolicy.standard();

    @Test
    void defaultsArePinned() {
        assertThat(policy.tries()).isEqualTo(4);
        assertThat(policy.throttledTries()).isEqualTo(4);
        assertThat(policy.firstBackoff()).isEqualTo(Duration.ofMillis(250));
        assertThat(policy.maxBackoff()).isEqualTo(Duration.ofSeconds(5));
        assertThat(policy.firstPause()).isEqualTo(Duration.ofSeconds(1));
        assertThat(policy.maxPause()).isEqualTo(Duration.ofMinutes(1));
        assertThat(policy.maxWait()).isEqualTo(Duration.ofSeconds(15));
    }

    @RepeatedTest(40)
    void outageBackoffHasFullJitterAndACap(RepetitionInfo repetition) {
        int failed = repetition.getCurrentRepetition();

        Duration wait = policy.waitAfter(failure(RemoteException.Kind.UNAVAILABLE), failed);

        long cap = failed > 5 ? 5000 : Math.min(5000, 250L << (failed - 1));
        assertThat(wait).isBetween(Duration.ZERO, Duration.ofMillis(cap));
    }

    @RepeatedTest(40)
    void throttlingWithoutATimeWaitsAtLeastHalfTheDoublingPause(RepetitionInfo repetition) {
        int failed = repetition.getCurrentRepetition();

        Duration wait = policy.waitAfter(failure(RemoteException.Kind.THROTTLED), failed);

        long cap = failed > 6 ? 60_000 : Math.min(60_000, 1000L << (failed - 1));
        assertThat(wait).isBetween(Duration.ofMillis(cap / 2), Duration.ofMillis(cap));
    }

    @Test
    void retryAfterBeatsOurBackoff() {
        RemoteException failure = failure(RemoteException.Kind.THROTTLED).withRetryAfter(Duration.ofSeconds(93));

        assertThat(policy.waitAfter(failure, 1)).isEqualTo(Duration.ofSeconds(93));
    }

    @Test
    void permanentFailuresAndConflictsAreNotRetried() {
        assertThat(policy.allowsAnother(failure(RemoteException.Kind.PERMANENT), 1))
                .isFalse();
        assertThat(policy.allowsAnother(failure(RemoteException.Kind.CONFLICT), 1))
                .isFalse();
        assertThat(policy.allowsAnother(failure(RemoteException.Kind.UNAUTHORIZED), 1))
                .isFalse();
    }

    private static RemoteException failure(RemoteException.Kind kind) {
        return new DataverseException(RemoteFailure.withoutAnswer(kind, "test"), "test");
    }
}
