package io.github.consentbridge.standalone.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.consentbridge.credentials.CredentialsException;
import io.github.consentbridge.standalone.BridgeProcess;
import io.github.consentbridge.standalone.MovedClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileCredentialsTest {
    @TempDir
    Path folder;

    private final MovedClock clock = new MovedClock("2026-03-01T08:00:00Z");
    private Path file;
    private FileCredentials credentials;

    @BeforeEach
    void write() throws Exception {
        file = folder.resolve("secrets.json");
        write("key-1");
        credentials = new FileCredentials(file, clock);
    }

    private void write(String key) throws Exception {
        BridgeProcess.writeSecret(file, """
                {"didomi": {"key": "%s", "secret": "very-secret-value"}}""".formatted(key));
    }

    private String key() {
        return credentials.current().didomi().orElseThrow().key().value();
    }

    @Test
    void secretIsReadAgainAfterFiveMinutes() throws Exception {
        assertThat(key()).isEqualTo("key-1");
        write("key-2");

        clock.advance(Duration.ofMinutes(5).minusSeconds(1));
        assertThat(key()).isEqualTo("key-1");
        clock.advance(Duration.ofSeconds(1));
        assertThat(key()).isEqualTo("key-2");
    }

    @Test
    void refreshReadsAtOnceButNotForEachGuess() throws Exception {
        assertThat(key()).isEqualTo("key-1");
        clock.advance(Duration.ofSeconds(2));
        write("key-2");
        assertThat(credentials.refreshed().didomi().orElseThrow().key().value()).isEqualTo("key-2");

        write("key-3");

        assertThat(credentials.refreshed().didomi().orElseThrow().key().value()).isEqualTo("key-2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rwx-----x"})
    void fileThatOthersCanUseIsRefused(String permissions) throws Exception {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));

        assertThatThrownBy(() -> credentials.current())
                .isInstanceOf(CredentialsException.class)
                .hasMessageContaining("chmod 600");
    }

    @Test
    void messagesHoldNothingOfTheSecret() throws Exception {
        BridgeProcess.writeSecret(file, "{\"didomi\": {\"key\": \"k\", \"sekret\": \"very-secret-value\"}}");

        assertThatThrownBy(() -> credentials.current())
                .isInstanceOf(CredentialsException.class)
                .hasMessageContaining("/didomi/sekret")
                .hasMessageNotContaining("very-secret-value");
    }

    @Test
    void missingFileSaysHowToNameIt() {
        FileCredentials missing = new FileCredentials(folder.resolve("none.json"), clock);

        assertThatThrownBy(missing::current)
                .isInstanceOf(CredentialsException.class)
                .hasMessageContaining("--secrets");
    }
}
