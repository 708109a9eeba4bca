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
        "PRAGMA user_version = 1"
    };

    /**
     * What has changed since version 1: each item leads to the next version. A released one never changes; whatever an
     * earlier program could not read is added at the end.
     */
    private static final String[][] MIGRATIONS = {
        {
            // 2: what became of a delivery before it was replayed; the dead letters that were given up.
            "ALTER TABLE delivery ADD COLUMN earlier TEXT",
            "ALTER TABLE dead_letter ADD COLUMN earlier TEXT",
            "CREATE TABLE discarded (delivery TEXT NOT NULL, record TEXT NOT NULL) STRICT",
            "CREATE INDEX discarded_delivery ON discarded (delivery)"
        },
        {
            // 3: the history of choices. What stands is kept, whatever its age.
            """
            CREATE TABLE history (
                hash TEXT NOT NULL, n INTEGER NOT NULL, at INTEGER NOT NULL, standing INTEGER NOT NULL,
                entries BLOB NOT NULL) STRICT""",
            "CREATE UNIQUE INDEX history_place ON history (hash, n)",
            "CREATE INDEX history_at ON history (at) WHERE standing = 0"
        },
        {
            // 4: the access record.
            """
            CREATE TABLE access (
                at INTEGER NOT NULL, kind TEXT NOT NULL, person TEXT NOT NULL, requester TEXT NOT NULL,
                means TEXT NOT NULL, reason TEXT) STRICT""", "CREATE INDEX access_at ON access (at)", "CREATE INDEX access_person ON access (person)"
        }
    };

    /** The version of the files that this program writes; it reads and migrates all earlier ones. */
    static final int VERSION = 1 + MIGRATIONS.length;

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
        migrate(connection, 1);
    }

    /** Brings a file of an earlier version up to this one: all of it, or nothing if it fails. Commits. */
    static void migrate(Connection connection, int version) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            for (int step = version - 1; step < MIGRATIONS.length; step++) {
                for (String sql : MIGRATIONS[step]) {
                    statement.execute(sql);
                }
            }
            statement.execute("PRAGMA user_version = " + VERSION);
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
