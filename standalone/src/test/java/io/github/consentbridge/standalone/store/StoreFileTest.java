package io.github.consentbridge.standalone.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.consentbridge.sync.storage.StorageException;
import java.io.IOException;
import java.io.InputStream;
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
                String expected = Files.isDirectory(file) ? "rwx------" : "rw-------";
                assertThat(mode(file)).as(file.toString()).isEqualTo(expected);
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
        execute("PRAGMA user_version = " + (Schema.VERSION + 1));

        assertRefused("has version " + (Schema.VERSION + 1), "knows " + Schema.VERSION);
        execute("PRAGMA user_version = " + Schema.VERSION);
        open().close();
    }

    @Test
    void fileOfVersion1KeepsItsContentAndIsMigrated() throws Exception {
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        for (String sql : resource("store-version-1.sql").split(";\n", -1)) {
            execute(sql);
        }
        execute("PRAGMA user_version = 1");
        StoreCopy.write(folder, parent.resolve("copy-of-version-1"));

        for (int start = 0; start < 2; start++) {
            try (Store store = open()) {
                assertThat(store.queue().depth().depth()).isEqualTo(1);
                assertThat(store.deadLetters().list(letter -> true, 9))
                        .singleElement()
                        .satisfies(letter -> {
                            assertThat(letter.reason()).isEqualTo("Dataverse answered 500");
                            assertThat(letter.delivery().allAttempts()).isEqualTo(4);
                            assertThat(letter.delivery().earlier()).isNull();
                        });
                assertThat(store.deadLetters().discarded("5e1d")).isEmpty();
                assertThat(store.accessLog().newest(9)).isEmpty();
            }
        }
        try (Store store = open()) {
            assertThat(store.deadLetters().replay(letter -> true, store.queue()))
                    .isEqualTo(1);
            assertThat(store.queue().take(9))
                    .extracting(received -> received.delivery().allAttempts())
                    .containsExactly(0, 4);
        }
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = StoreFileTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), UTF_8);
        }
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
