package io.github.consentbridge.standalone.cli.init;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.consentbridge.connectors.http.Secret;
import io.github.consentbridge.standalone.cli.UsageException;
import io.github.consentbridge.sync.setup.NewDocuments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentFilesTest {
    private static final NewDocuments NEW = new NewDocuments("{\"new\": 1}", Secret.of("{\"secret\": 1}"));

    @TempDir
    Path folder;

    private DocumentFiles files() {
        return new DocumentFiles(folder.resolve("config/integration.json"), folder.resolve("secrets.json"));
    }

    private List<String> names(Path in) throws IOException {
        try (Stream<Path> found = Files.list(in)) {
            return found.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void bothAreWrittenAndOnlyTheOwnerReadsTheSecret() throws IOException {
        DocumentFiles files = files();
        files.check();
        assertThat(files.existing()).isEmpty();

        files.write(NEW);

        assertThat(folder.resolve("config/integration.json")).hasContent("{\"new\": 1}");
        assertThat(folder.resolve("secrets.json")).hasContent("{\"secret\": 1}");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("secrets.json"))))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(folder.resolve("config/integration.json"))))
                .isEqualTo("rw-r--r--");
        assertThat(names(folder)).containsExactly("config", "secrets.json");
        assertThat(files.existing()).hasSize(2);
    }

    @Test
    void secretThatOthersCouldReadIsReplacedByOneThatTheyCannot() throws IOException {
        Files.writeString(folder.resolve("secrets.json"), "old");
        Files.setPosixFilePermissions(folder.resolve("secrets.json"), PosixFilePermissions.fromString("rw-r--r--"));

        files().write(NEW);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("secrets.json"))))
                .isEqualTo("rw-------");
    }

    /** The second place cannot be taken: a folder that is not empty is there by then. */
    @Test
    void ifOneCannotBeWrittenTheOtherIsAsBefore() throws IOException {
        Files.createDirectories(folder.resolve("secrets.json/full"));
        assertThatThrownBy(() -> files().write(NEW)).isInstanceOf(UsageException.class);
        assertThat(folder.resolve("config/integration.json")).doesNotExist();

        Files.writeString(folder.resolve("config/integration.json"), "old");
        assertThatThrownBy(() -> files().write(NEW))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("nothing was written");

        assertThat(folder.resolve("config/integration.json")).hasContent("old");
        assertThat(names(folder)).containsExactly("config", "secrets.json");
        assertThat(names(folder.resolve("config"))).containsExactly("integration.json");
    }

    @Test
    void linkStaysALink() throws IOException {
        Files.writeString(folder.resolve("elsewhere.json"), "old");
        Files.createSymbolicLink(folder.resolve("secrets.json"), folder.resolve("elsewhere.json"));

        files().write(NEW);

        assertThat(folder.resolve("secrets.json")).isSymbolicLink();
        assertThat(folder.resolve("elsewhere.json")).hasContent("{\"secret\": 1}");
    }
}
