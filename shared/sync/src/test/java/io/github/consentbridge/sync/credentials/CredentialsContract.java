package io.github.consentbridge.sync.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.consentbridge.simulators.http.ManualClock;
import io.github.consentbridge.sync.logging.Metric;
import io.github.consentbridge.sync.logging.RecordingOutcomeLog;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What all credentials promise, wherever the secret is. */
public abstract class CredentialsContract {
    protected final ManualClock clock = new ManualClock("2026-03-01T08:00:00Z");

    protected final RecordingOutcomeLog outcomeLog = new RecordingOutcomeLog();

    /** The same object each time: one process. */
    protected abstract Credentials credentials();

    /** Changes the secret where it is kept. */
    protected abstract void write(String json) throws Exception;

    /** From now on reading it fails, until it is written again. */
    protected abstract void breakReading() throws Exception;

    /** One failure was counted and logged with this detail. */
    protected void assertReportedOnce(String detail) {
        assertThat(outcomeLog.total(Metric.SECRET_UNREADABLE)).isEqualTo(1);
        assertThat(outcomeLog.recorded).singleElement().asString().contains("secret not read again", detail);
    }

    private void writeKey(String key) throws Exception {
        write("{\"didomi\": {\"key\": \"%s\", \"secret\": \"very-secret-value\"}}".formatted(key));
    }

    private static String key(BridgeSecret secret) {
        return secret.didomi().orElseThrow().key().value();
    }

    @Test
    void secretIsReadAgainAfterFiveMinutes() throws Exception {
        writeKey("key-1");
        assertThat(key(credentials().current())).isEqualTo("key-1");
        writeKey("key-2");

        clock.advance(Duration.ofMinutes(5).minusSeconds(1));
        assertThat(key(credentials().current())).isEqualTo("key-1");
        clock.advance(Duration.ofSeconds(1));
        assertThat(key(credentials().current())).isEqualTo("key-2");
    }

    @Test
    void refreshReadsAtOnceButNotForEachGuess() throws Exception {
        writeKey("key-1");
        assertThat(key(credentials().current())).isEqualTo("key-1");
        clock.advance(Duration.ofSeconds(2));
        writeKey("key-2");
        assertThat(key(credentials().refreshed())).isEqualTo("key-2");

        writeKey("key-3");

        assertThat(key(credentials().refreshed())).isEqualTo("key-2");
        assertThat(key(credentials().current())).isEqualTo("key-2");
    }

    @Test
    void lastGoodSecretServesForAnHourAndIsCounted() throws Exception {
        writeKey("key-1");
        assertThat(key(credentials().current())).isEqualTo("key-1");
        breakReading();

        clock.advance(Duration.ofMinutes(5));
        assertThat(key(credentials().current())).isEqualTo("key-1");
        assertReportedOnce("last_good_until=2026-03-01T09:00:00Z");
        clock.advance(Duration.ofMinutes(55).minusSeconds(1));
        assertThat(key(credentials().current())).isEqualTo("key-1");
        clock.advance(Duration.ofSeconds(1));
        assertThatThrownBy(() -> credentials().current()).isInstanceOf(CredentialsException.class);
    }

    @Test
    void unusableSecretDoesNotReplaceTheLastGoodOne() throws Exception {
        writeKey("key-1");
        assertThat(key(credentials().current())).isEqualTo("key-1");
        write("{\"didomi\": {\"key\": \"key-2\", \"se");
        clock.advance(Duration.ofMinutes(5));

        assertThat(key(credentials().current())).isEqualTo("key-1");

        writeKey("key-2");
        clock.advance(Duration.ofSeconds(30));
        assertThat(key(credentials().current())).isEqualTo("key-2");
    }

    /** Whoever asks for the present one has seen a key that it may contain: an old one must not decide that it does not. */
    @Test
    void lastGoodSecretDoesNotServeAsThePresentOne() throws Exception {
        writeKey("key-1");
        credentials().current();
        clock.advance(Duration.ofSeconds(2));
        breakReading();

        assertThatThrownBy(() -> credentials().refreshed()).isInstanceOf(CredentialsException.class);
        assertThat(key(credentials().current())).isEqualTo("key-1");
    }

    @Test
    void failedReadIsNotRepeatedForEachRequest() throws Exception {
        writeKey("key-1");
        credentials().current();
        breakReading();
        clock.advance(Duration.ofMinutes(5));

        for (int request = 0; request < 20; request++) {
            credentials().current();
            assertThatThrownBy(() -> credentials().refreshed()).isInstanceOf(CredentialsException.class);
            clock.advance(Duration.ofSeconds(1));
        }

        assertReportedOnce("last_good_until");
    }

    @Test
    void withoutALastGoodSecretItIsTriedAgainSoon() throws Exception {
        write("{");
        assertThatThrownBy(() -> credentials().current()).isInstanceOf(CredentialsException.class);
        writeKey("key-1");

        assertThatThrownBy(() -> credentials().current()).isInstanceOf(CredentialsException.class);
        clock.advance(Duration.ofSeconds(2));
        assertThat(key(credentials().current())).isEqualTo("key-1");
    }

    /** Whichever command or function reads it. */
    @Test
    void weakSecretIsRefusedInTheSameWords() throws Exception {
        write(
                "{\"webhooks\": {\"dynamics\": {\"values\": [\"changeme\", \"aaaaaaaaaaaaaaaa\"]}}, \"log_key\": \"demo\"}");

        assertThatThrownBy(() -> credentials().current())
                .isInstanceOf(CredentialsException.class)
                .hasMessageEndingWith("""
                        cannot be used:
                        /webhooks/dynamics/values/0: is a placeholder; generate one with: openssl rand -hex 32
                        /webhooks/dynamics/values/1: contains too little that cannot be guessed: its characters repeat or follow each other; generate one with: openssl rand -hex 32
                        /log_key: must contain at least 16 random bytes: 32 hexadecimal digits, or 22 characters of Base64; generate one with: openssl rand -hex 32""");
    }

    @Test
    void messagesHoldNothingOfTheSecret() throws Exception {
        write("{\"didomi\": {\"key\": \"k\", \"sekret\": \"very-secret-value\"}}");

        assertThatThrownBy(() -> credentials().current())
                .isInstanceOf(CredentialsException.class)
                .hasMessageContaining("/didomi/sekret")
                .hasMessageNotContaining("very-secret-value");
    }

    @Test
    void secretThatIsNoJsonIsNotQuoted() throws Exception {
        write("very-secret-value");

        assertThatThrownBy(() -> credentials().current())
                .isInstanceOf(CredentialsException.class)
                .satisfies(failure -> assertThat(failure).rootCause().hasMessageNotContaining("very-secret-value"))
                .hasMessageNotContaining("very-secret-value");
    }
}
