package io.github.consentbridge.standalone.store;

import com.zaxxer.hikari.HikariDataSource;
import io.github.consentbridge.sync.logging.PersonHash;
import io.github.consentbridge.sync.storage.StorageException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import javax.sql.DataSource;

/**
 * One data folder: everything that a bridge on one machine stores, in one SQLite file. Stored data are on disk and
 * survive {@code kill -9}. One process at a time owns a folder; when the process ends, however it ends, the folder is
 * free again. A full disk makes writes fail; when there is space again they succeed, without a restart.
 *
 * @see <a href="https://www.sqlite.org/wal.html">SQLite: write-ahead logging</a>
 */
public final class Store implements AutoCloseable {
    /** A mebibyte of text. */
    private static final String FILL =
            "INSERT OR REPLACE INTO run_text (name, text) VALUES ('probe', hex(zeroblob(524288)))";

    /** A file of this size is written anew within a tenth of a second, and in that much memory. */
    private static final long MAX_SMALL_BYTES = 16 << 20;

    private final FolderLock lock;
    private final StoreFile file;
    private final HikariDataSource readers;
    private final GroupCommit writer;
    private final SqliteQueue queue;
    private final SqliteDeadLetters deadLetters;
    private final SqliteLedger ledger;
    private final SqlitePauses pauses;
    private final SqliteRunStore runs;
    private final SqliteAccessLog accessLog;
    private volatile long failuresOvercome;

    private Store(FolderLock lock, StoreFile file, HikariDataSource readers, GroupCommit writer, Clock clock) {
        this.lock = lock;
        this.file = file;
        this.readers = readers;
        this.writer = writer;
        this.queue = new SqliteQueue(readers, writer, clock);
        PersonHash hash = hash(readers);
        this.deadLetters = new SqliteDeadLetters(readers, writer, hash);
        this.ledger = new SqliteLedger(readers, writer, hash, clock);
        this.pauses = new SqlitePauses(readers, writer);
        this.runs = new SqliteRunStore(readers, writer);
        this.accessLog = new SqliteAccessLog(readers, writer, hash);
    }

    private static PersonHash hash(DataSource store) {
        return new PersonHash(Sql.query(store, "SELECT bytes FROM hash_key", row -> row.getBytes(1))
                .get(0));
    }

    /**
     * Opens the folder; creates it if it does not exist, readable by its owner only.
     *
     * @throws FolderInUseException if another process owns it
     * @throws StorageException if it cannot be used, or others can read it; the message says what to do
     */
    public static Store open(Path folder, Clock clock) {
        FolderLock lock = FolderLock.take(folder);
        try {
            StoreFile file = StoreFile.in(folder);
            return open(lock, file, clock);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static Store open(FolderLock lock, StoreFile file, Clock clock) {
        GroupCommit writer = new GroupCommit(file::connection);
        HikariDataSource readers = file.readers();
        try {
            writer.write(connection -> {
                Schema.endLeases(connection);
                return true;
            });
            return new Store(lock, file, readers, writer, clock);
        } catch (RuntimeException e) {
            writer.close();
            readers.close();
            throw e;
        }
    }

    /** Whether the folder contains stored data. */
    public static boolean exists(Path folder) {
        return StoreFile.exists(folder);
    }

    public SqliteQueue queue() {
        return queue;
    }

    public SqliteDeadLetters deadLetters() {
        return deadLetters;
    }

    public SqliteLedger ledger() {
        return ledger;
    }

    public SqlitePauses pauses() {
        return pauses;
    }

    public SqliteRunStore runs() {
        return runs;
    }

    public SqliteAccessLog accessLog() {
        return accessLog;
    }

    /** Asks the disk, which may take as long as the disk does. */
    public StoreSpace space() {
        return file.space();
    }

    /** Whether the disk or the file failed for something that was to be stored, and no {@link #probe} has succeeded since. */
    public boolean hasFailed() {
        return writer.fileFailures() != failuresOvercome;
    }

    /**
     * Writes something that means nothing; returns if that worked. After a failure it is as much as the largest delivery: on
     * a disk that is full, what is small may find room.
     *
     * @throws StorageException if it is not known that it was written
     */
    public void probe() {
        long failures = writer.fileFailures();
        writer.write(connection -> update(connection, "UPDATE probe SET beat = 1 - beat"));
        if (hasFailed()) {
            // Two transactions: what is removed again at once is never written.
            writer.write(connection -> update(connection, FILL));
            writer.write(connection -> update(connection, "DELETE FROM run_text WHERE name = 'probe'"));
            failuresOvercome = failures;
        }
    }

    /**
     * Removes from the files what has been deleted from the tables. What was written over in a file is gone for its
     * readers; the disk may keep it. Safe to repeat.
     *
     * @return whether it is done: not so while somebody reads an earlier state, such as a backup. Then try again.
     * @throws StorageException if it failed
     */
    public boolean scrub() {
        boolean small = space().sizeBytes() <= MAX_SMALL_BYTES;
        return writer.alone(small ? StoreScrub::compact : StoreScrub::emptyLog);
    }

    private static int update(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }

    /** What was said to be stored stays; the folder is free afterwards. A repeat does nothing. */
    @Override
    public void close() {
        readers.close();
        writer.close();
        lock.close();
    }
}
