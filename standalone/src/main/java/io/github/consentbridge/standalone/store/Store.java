package io.github.consentbridge.standalone.store;

import io.github.consentbridge.sync.logging.PersonHash;
import io.github.consentbridge.sync.storage.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import javax.sql.DataSource;
import org.h2.api.ErrorCode;
import org.h2.jdbcx.JdbcConnectionPool;

/**
 * One data folder: everything that a bridge on one machine stores, in one H2 file. Stored data are on disk and survive
 * {@code kill -9}. One process at a time owns a folder; when the process ends, however it ends, the folder is free again.
 *
 * @see <a href="https://h2database.com/html/features.html#database_file_locking">H2: file locking</a>
 */
public final class Store implements AutoCloseable {
    private static final String FILE = "bridge";
    private static final String OWNER_ONLY = "rwx------";

    private final JdbcConnectionPool readers;
    private final GroupCommit writer;
    private final H2Queue queue;
    private final H2DeadLetters deadLetters;
    private final H2Ledger ledger;
    private final H2Pauses pauses;
    private final H2RunStore runs;

    private Store(JdbcConnectionPool readers, GroupCommit writer, Clock clock) throws SQLException {
        this.readers = readers;
        this.writer = writer;
        this.queue = new H2Queue(readers, writer, clock);
        this.deadLetters = new H2DeadLetters(readers, writer);
        this.ledger = new H2Ledger(readers, writer, hash(readers), clock);
        this.pauses = new H2Pauses(readers, writer);
        this.runs = new H2RunStore(readers, writer);
    }

    private static PersonHash hash(DataSource store) {
        return new PersonHash(Sql.query(store, "SELECT bytes FROM hash_key", row -> row.getBytes(1))
                .get(0));
    }

    /**
     * Opens the folder; creates it if it does not exist, readable by its owner only.
     *
     * @throws FolderInUseException if another process owns it
     * @throws StorageException if it cannot be used; the message says why
     */
    public static Store open(Path folder, Clock clock) {
        try {
            make(folder);
            JdbcConnectionPool readers = JdbcConnectionPool.create(url(folder), "", "");
            readers.setMaxConnections(32);
            try (Connection connection = readers.getConnection()) {
                Schema.prepare(connection);
            }
            return new Store(readers, new GroupCommit(readers.getConnection()), clock);
        } catch (SQLException e) {
            if (e.getErrorCode() == ErrorCode.DATABASE_ALREADY_OPEN_1) {
                throw new FolderInUseException(folder);
            }
            throw new StorageException("the data folder " + folder + " cannot be opened: " + reason(e), e);
        } catch (IOException e) {
            throw new StorageException(
                    "the data folder " + folder + " cannot be created or read: check its owner and mode", e);
        }
    }

    /** Whether the folder contains stored data. */
    public static boolean exists(Path folder) {
        return Files.exists(folder.resolve(FILE + ".mv.db"));
    }

    private static void make(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder);
            if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(OWNER_ONLY));
            }
        }
    }

    /**
     * Commits stay in memory until the writer's own checkpoint, which flushes and syncs: a delay of H2's own would only
     * make it write twice.
     */
    private static String url(Path folder) {
        String path = folder.toAbsolutePath().normalize().resolve(FILE).toString();
        if (path.contains(";")) {
            throw new StorageException("the data folder's path must not contain a semicolon: choose another --data");
        }
        return "jdbc:h2:file:" + path + ";WRITE_DELAY=10000;DB_CLOSE_DELAY=-1;DB_CLOSE_ON_EXIT=FALSE";
    }

    private static String reason(SQLException failure) {
        return switch (failure.getErrorCode()) {
            case ErrorCode.FILE_CORRUPTED_1 -> "its file is damaged; restore it from a backup";
            case ErrorCode.IO_EXCEPTION_1, ErrorCode.IO_EXCEPTION_2 -> "the disk is full or fails";
            default -> "error " + failure.getErrorCode() + " of H2";
        };
    }

    public H2Queue queue() {
        return queue;
    }

    public H2DeadLetters deadLetters() {
        return deadLetters;
    }

    public H2Ledger ledger() {
        return ledger;
    }

    public H2Pauses pauses() {
        return pauses;
    }

    public H2RunStore runs() {
        return runs;
    }

    /** Writes something that means nothing; returns if that worked. */
    public void probe() {
        writer.write(connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.executeUpdate("UPDATE probe SET beat = 1 - beat");
            }
        });
    }

    /** What was said to be stored stays; the folder is free afterwards. */
    @Override
    public void close() {
        writer.close();
        try (Connection connection = readers.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SHUTDOWN");
        } catch (SQLException e) {
            throw new StorageException("the data folder was not closed cleanly; no data are lost", e);
        }
        readers.dispose();
    }
}
