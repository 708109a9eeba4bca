package io.github.consentbridge.sync.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.consentbridge.simulators.http.ManualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What all credentials promise, wherever the secret is. */
public abstract class CredentialsContract {
    protected final ManualClock clock = new ManualClock("2026-03-01T08:00:00Z");

    /** The same object each time: one process. */
    protected abstract Credentials credentials();

    /** Changes the secret where it is kept. */
    protected abstract void write(String json) throws Exception;

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
