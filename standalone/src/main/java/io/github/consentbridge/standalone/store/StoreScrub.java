package io.github.consentbridge.standalone.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Removes from the files what was deleted from the tables. SQLite overwrites deleted rows with zeros when it is told to, but
 * the log beside the file keeps earlier states of a page until it is emptied, and a page from which SQLite moved a row to a
 * neighbour may keep a copy of it until the file is written anew.
 *
 * @see <a href="https://www.sqlite.org/pragma.html#pragma_secure_delete">SQLite: secure_delete</a>
 * @see <a href="https://www.sqlite.org/wal.html#ckpt">SQLite: checkpointing</a>
 */
final class StoreScrub {
    /** Others who write wait so long for someone who reads; whoever asks tries again later. */
    private static final int READERS_MILLIS = 200;

    private StoreScrub() {}

    /** From now on this connection overwrites what it deletes, also on the pages that it frees. */
    static void overwriteDeleted(Connection connection) throws SQLException {
        execute(connection, "PRAGMA secure_delete = ON");
    }

    /**
     * Writes all of the log to the file and empties it. The connection must not be in a transaction.
     *
     * @return whether it is empty; not so while somebody reads an earlier state, such as a backup
     */
    static boolean emptyLog(Connection connection) throws SQLException {
        execute(connection, "PRAGMA busy_timeout = " + READERS_MILLIS);
        try (Statement statement = connection.createStatement();
                ResultSet busy = statement.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)")) {
            return busy.next() && busy.getInt(1) == 0;
        } finally {
            execute(connection, "PRAGMA busy_timeout = " + StoreFile.BUSY_MILLIS);
        }
    }

    /** Writes the file anew, without the free space in its pages: about 100 MB a second. As {@link #emptyLog}. */
    static boolean compact(Connection connection) throws SQLException {
        // Its second copy would otherwise be a file in the system's temporary folder.
        execute(connection, "PRAGMA temp_store = MEMORY");
        execute(connection, "VACUUM");
        execute(connection, "PRAGMA temp_store = DEFAULT");
        return emptyLog(connection);
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
