package io.github.consentbridge.standalone.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.consentbridge.sync.storage.StorageException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * The file of a store, and how connections to it are made. Nothing else in this process may open the file: closing it
 * would release the locks that SQLite holds on it.
 *
 * @see <a href="https://www.sqlite.org/howtocorrupt.html">SQLite: how to corrupt a file, section 2.2</a>
 */
final class StoreFile {
    private static final String FILE = "bridge.db";
    private static final String DRAFT = "bridge.db.new";

    /** The file of versions that stored in H2. */
    private static final String FORMER_FILE = "bridge.mv.db";

    private static final int MAX_READERS = 8;
    static final int BUSY_MILLIS = 5_000;

    /** The file itself, and those that SQLite keeps beside it. */
    private static final List<String> SUFFIXES = List.of("", "-wal", "-shm");

    /** People are saved in no order: a larger cache has more of the pages that the next batch changes. */
    private static final int WRITER_CACHE_KIB = 16 << 10;

    /** 16 MB of log: a page that several batches change is copied to the file once. */
    private static final String CHECKPOINT_PAGES = "4000";

    /** What the log may keep of the disk after a burst. */
    private static final int MAX_LOG_BYTES = 64 << 20;

    private final Path path;

    private StoreFile(Path path) {
        this.path = path;
    }

    /** Throws a {@link StorageException} if this user may not use the folder. */
    static boolean exists(Path folder) {
        FolderAccess.check(folder);
        return Files.exists(folder.resolve(FILE));
    }

    /** Never opens it. A file that does not exist takes nothing. */
    StoreSpace space() {
        long size = SUFFIXES.stream()
                .mapToLong(suffix -> path.resolveSibling(FILE + suffix).toFile().length())
                .sum();
        return new StoreSpace(size, path.toFile().getUsableSpace());
    }

    /**
     * The file in a folder of which this process has the lock; made if there is none, migrated if it is of an earlier version.
     *
     * @throws StorageException if it is damaged, not ours, or of a newer version
     */
    static StoreFile in(Path folder) {
        StoreFile file = new StoreFile(folder.resolve(FILE));
        try {
            NativeLibrary.unpackInto(folder);
            if (!exists(folder)) {
                refuseFormer(folder);
                create(folder);
            }
            file.migrate(file.check());
            OwnerOnly.close(file.path);
            return file;
        } catch (SQLException e) {
            throw StoreFailure.opening(file.path, e);
        } catch (IOException e) {
            throw new StorageException(
                    "the data folder " + folder + " cannot be written: check its owner and mode, and the disk", e);
        }
    }

    /**
     * The file in a folder, whoever has its lock: to be read only.
     *
     * @throws StorageException if there is none, or it is damaged, not ours, or of a newer version
     */
    static StoreFile existing(Path folder) {
        StoreFile file = new StoreFile(folder.resolve(FILE));
        if (!exists(folder)) {
            throw StorageException.misplaced(
                    "there is no bridge's file in " + folder + ": name the folder with --data", null);
        }
        try {
            file.check();
            return file;
        } catch (SQLException e) {
            throw StoreFailure.opening(file.path, e);
        } catch (IOException e) {
            throw new StorageException("the file " + file.path + " cannot be read: check its owner and mode", e);
        }
    }

    private static void refuseFormer(Path folder) {
        if (Files.exists(folder.resolve(FORMER_FILE))) {
            throw StorageException.misplaced(
                    "the data folder " + folder + " was written by a version that cannot be read any more: empty its"
                            + " queue with that version, then start with a new --data folder",
                    null);
        }
    }

    /** Under another name, until it is whole: a file of this name is never half made. */
    private static void create(Path folder) throws IOException, SQLException {
        Path draft = folder.resolve(DRAFT);
        Files.deleteIfExists(draft);
        Files.deleteIfExists(folder.resolve(DRAFT + "-journal"));
        // SQLite gives the files that it adds the mode of this one.
        Files.createFile(draft, OwnerOnly.newFileIn(folder));
        try (Connection connection = source(draft, new SQLiteConfig()).getConnection()) {
            Schema.create(connection);
        }
        Files.move(draft, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
        if (OwnerOnly.isPosix(folder)) {
            // A name outlives a power failure once its folder is on disk.
            try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
                names.force(true);
            }
        }
    }

    /** Refuses a file that this program cannot read; returns its version. */
    private int check() throws SQLException, IOException {
        if (Files.size(path) == 0) {
            throw new StorageException(
                    "the file " + path + " is empty: restore it from a backup, or remove it to begin anew");
        }
        try (Connection connection = reader()) {
            if (Schema.header(connection, "application_id") != Schema.APPLICATION_ID) {
                throw StorageException.misplaced(
                        "the file " + path + " is not a bridge's: choose another --data", null);
            }
            int version = Schema.header(connection, "user_version");
            if (version < 1 || version > Schema.VERSION) {
                throw StorageException.misplaced(
                        "the file " + path + " has version " + version + ", and this program knows " + Schema.VERSION
                                + ": run the program that wrote it, or a newer one",
                        null);
            }
            return version;
        }
    }

    private void migrate(int version) throws SQLException {
        if (version < Schema.VERSION) {
            try (Connection connection = connection()) {
                Schema.migrate(connection, version);
            }
        }
    }

    /** A connection that only reads. */
    Connection reader() throws SQLException {
        return source(path, config()).getConnection();
    }

    /** A connection for the one writer, in a transaction. Each commit is on disk when it returns. */
    Connection connection() throws SQLException {
        SQLiteConfig config = config();
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        config.setJournalSizeLimit(MAX_LOG_BYTES);
        config.setCacheSize(-WRITER_CACHE_KIB);
        config.setPragma(SQLiteConfig.Pragma.WAL_AUTOCHECKPOINT, CHECKPOINT_PAGES);
        Connection connection = source(path, config).getConnection();
        StoreScrub.overwriteDeleted(connection);
        connection.setAutoCommit(false);
        return connection;
    }

    /** Connections for those who read; they never wait for the writer. To be closed by the caller. */
    HikariDataSource readers() {
        HikariConfig pool = new HikariConfig();
        pool.setPoolName("store-readers");
        pool.setDataSource(source(path, config()));
        pool.setConnectionInitSql("PRAGMA query_only = true");
        pool.setMaximumPoolSize(MAX_READERS);
        pool.setMinimumIdle(1);
        return new HikariDataSource(pool);
    }

    private static SQLiteConfig config() {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(BUSY_MILLIS);
        return config;
    }

    private static SQLiteDataSource source(Path path, SQLiteConfig config) {
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + path.toAbsolutePath().normalize());
        return source;
    }
}
