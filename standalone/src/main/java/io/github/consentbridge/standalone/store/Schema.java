package io.github.consentbridge.standalone.store;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The tables. Times are milliseconds since the epoch, in UTC. Keys are indexes of ordinary tables: a table without row
 * ids would move whole entries about whenever its pages split, because people arrive in no particular order.
 */
final class Schema {
    /** Says that a file is ours: "CsBr". */
    static final int APPLICATION_ID = 0x43734272;

    /** Raised by whatever an earlier version could not read. */
    static final int VERSION = 1;

    private static final int HASH_KEY_BYTES = 32;

    private static final String[] STATEMENTS = {
        """
        CREATE TABLE delivery (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL, side TEXT NOT NULL, person TEXT NOT NULL, received_at INTEGER NOT NULL,
            attempts INTEGER NOT NULL, body ANY NOT NULL,
            visible_at INTEGER NOT NULL, receives INTEGER NOT NULL, size INTEGER NOT NULL,
            failing_since INTEGER, last_failure TEXT) STRICT""",
        "CREATE INDEX delivery_visible ON delivery (visible_at, seq)",
        """
        CREATE TABLE dead_letter (
            id TEXT PRIMARY KEY, side TEXT NOT NULL, person TEXT NOT NULL, received_at INTEGER NOT NULL,
            attempts INTEGER NOT NULL, body ANY NOT NULL, reason TEXT NOT NULL, died_at INTEGER NOT NULL,
            failing_since INTEGER, last_failure TEXT) STRICT""",
        "CREATE INDEX dead_letter_died ON dead_letter (died_at, id)",
        """
        CREATE TABLE person (
            hash TEXT PRIMARY KEY, person TEXT, revision INTEGER NOT NULL, contact TEXT,
            erased_at INTEGER, entry TEXT NOT NULL) STRICT""",
        "CREATE INDEX person_contact ON person (contact)",
        "CREATE INDEX person_erased ON person (erased_at) WHERE erased_at IS NOT NULL",
        "CREATE TABLE pause (system TEXT PRIMARY KEY, until INTEGER NOT NULL) STRICT",
        "CREATE TABLE run_text (name TEXT PRIMARY KEY, text TEXT NOT NULL) STRICT",
        "CREATE TABLE run_lease (holder TEXT NOT NULL, until INTEGER NOT NULL) STRICT",
        "INSERT INTO run_lease VALUES ('', 0)",
        "CREATE TABLE hash_key (bytes BLOB NOT NULL) STRICT",
        "CREATE TABLE probe (beat INTEGER NOT NULL) STRICT",
        "INSERT INTO probe VALUES (0)",
        "PRAGMA application_id = " + APPLICATION_ID,
        "PRAGMA user_version = " + VERSION
    };

    private Schema() {}

    /** Makes everything, in a new file. */
    static void create(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            for (String sql : STATEMENTS) {
                statement.execute(sql);
            }
        }
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO hash_key VALUES (?)")) {
            byte[] key = new byte[HASH_KEY_BYTES];
            new SecureRandom().nextBytes(key);
            insert.setBytes(1, key);
            insert.executeUpdate();
        }
        connection.commit();
    }

    /** Ends the leases of an earlier process: one process owns the store, so a run that has one still died with it. */
    static void endLeases(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("UPDATE run_lease SET until = 0 WHERE until <> 0");
        }
    }

    /** A number that the file's header carries. */
    static int header(Connection connection, String name) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA " + name)) {
            row.next();
            return row.getInt(1);
        }
    }
}
