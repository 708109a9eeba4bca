package io.github.consentbridge.standalone.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.consentbridge.sync.storage.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which folders and files are opened, and what is said of the others. */
class StoreFileTest {
    @TempDir
    Path parent;

    private Path folder;

    @BeforeEach
    void name() {
        folder = parent.resolve("deep/er;'?#/data");
    }

    private Store open() {
        return Store.open(folder, Clock.systemUTC());
    }

    private void assertRefused(String... saying) {
        assertThatThrownBy(this::open)
                .isInstanceOf(StorageException.class)
                .satisfies(refusal -> assertThat(refusal.getMessage()).contains(saying));
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("bridge.db"));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void everythingIsForItsOwnersEyesOnly() throws Exception {
        try (Store store = open()) {
            store.probe();

            assertThat(mode(folder)).isEqualTo("rwx------");
            assertThat(files()).hasSizeGreaterThan(2);
            for (Path file : files()) {
                assertThat(mode(file)).as(file.toString()).isEqualTo("rw-------");
            }
        }
    }

    @Test
    void filesInAnExistingFolderAreForItsOwnersEyesOnlyToo() throws Exception {
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        open().close();
        Path file = folder.resolve("bridge.db");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        open().close();

        assertThat(mode(file)).isEqualTo("rw-------");
    }

    @Test
    void folderThatIsOpenToOthersIsRefused() throws Exception {
        Files.createDirectories(folder);
        for (String mode : List.of("rwxr-xr-x", "rwx--x---", "rwx----w-")) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(mode));
            assertRefused("open to others", "chmod 700 " + folder);
        }
    }

    @Test
    void secondStoreOnOneFolderIsRefusedUntilTheFirstIsClosed() {
        try (Store first = open()) {
            assertThatThrownBy(this::open).isInstanceOf(FolderInUseException.class);
            first.probe();
        }
        open().close();
    }

    @Test
    void fileWithoutContentIsRefused() throws Exception {
        open().close();
        Files.write(folder.resolve("bridge.db"), new byte[0]);

        assertRefused("is empty", "restore it from a backup");
    }

    @Test
    void damagedFileIsRefused() throws Exception {
        open().close();
        Files.writeString(folder.resolve("bridge.db"), "not a database, but long enough to look at: ".repeat(100));

        assertRefused("damaged", "restore it from a backup");
    }

    @Test
    void databaseOfSomebodyElseIsRefused() throws Exception {
        open().close();
        execute("PRAGMA application_id = 7");

        assertRefused("is not a bridge's");
    }

    @Test
    void fileOfANewerVersionIsRefused() throws Exception {
        open().close();
        execute("PRAGMA user_version = 2");

        assertRefused("has version 2", "knows 1");
        execute("PRAGMA user_version = 1");
        open().close();
    }

    @Test
    void fileOfTheFormerKindIsRefused() throws Exception {
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        Files.createFile(folder.resolve("bridge.mv.db"));

        assertRefused("cannot be read any more", "new --data folder");
    }

    /** A start that was killed while it made the file leaves a draft, which nobody was promised anything of. */
    @Test
    void halfMadeDraftIsMadeAnew() throws Exception {
        open().close();
        Files.delete(folder.resolve("bridge.db"));
        Files.writeString(folder.resolve("bridge.db.new"), "half");

        try (Store store = open()) {
            store.probe();
        }
        assertThat(files())
                .extracting(Path::getFileName)
                .extracting(Path::toString)
                .doesNotContain("bridge.db.new");
    }

    @Test
    void fileInPlaceOfTheFolderIsRefused() throws Exception {
        Files.createDirectories(folder.getParent());
        Files.createFile(folder);

        assertRefused("cannot be created or written", folder.toString());
    }
}
