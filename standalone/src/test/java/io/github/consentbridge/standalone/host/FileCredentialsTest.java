package io.github.consentbridge.standalone.host;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.consentbridge.standalone.BridgeProcess;
import io.github.consentbridge.sync.credentials.Credentials;
import io.github.consentbridge.sync.credentials.CredentialsContract;
import io.github.consentbridge.sync.credentials.CredentialsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileCredentialsTest extends CredentialsContract {
    @TempDir
    Path folder;

    private Path file;
    private FileCredentials credentials;

    @BeforeEach
    void write() throws Exception {
        file = folder.resolve("secrets.json");
        write("{}");
        credentials = new FileCredentials(file, clock, outcomeLog);
    }

    @Override
    protected Credentials credentials() {
        return credentials;
    }

    @Override
    protected void write(String json) throws Exception {
        BridgeProcess.writeSecret(file, json);
    }

    @Override
    protected void breakReading() throws Exception {
        Files.delete(file);
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
    void missingFileSaysHowToNameIt() {
        FileCredentials missing = new FileCredentials(folder.resolve("none.json"), clock, outcomeLog);

        assertThatThrownBy(missing::current)
                .isInstanceOf(CredentialsException.class)
                .hasMessageContaining("--secrets");
    }
}
