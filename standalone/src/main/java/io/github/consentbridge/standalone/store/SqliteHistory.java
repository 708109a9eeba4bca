package io.github.consentbridge.standalone.store;

import io.github.consentbridge.sync.history.ChainedEntry;
import io.github.consentbridge.sync.history.HistoryTail;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** The histories in SQLite, under the hash that names the person in the ledger. */
final class SqliteHistory {
    private static final String INSERT =
            "INSERT INTO history (hash, n, at, standing, entry) VALUES (?1, ?2, ?3, ?4, ?5)";
    private static final String OUTDATED = "UPDATE history SET standing = 0 WHERE hash = ?1 AND n = ?2";
    private static final String FORGET = "DELETE FROM history WHERE hash = ?1";

    /** In one transaction: more would keep other writers waiting. */
    private static final int MAX_PURGED = 10_000;

    private final DataSource readers;
    private final GroupCommit writer;

    SqliteHistory(DataSource readers, GroupCommit writer) {
        this.readers = readers;
        this.writer = writer;
    }

    private record Outdated(String hash, long sequence) {}

    private record Appended(String hash, ChainedEntry entry, boolean standing) {}

    /** Appends what these people's saves add, within the transaction of the save. */
    static void append(Connection connection, Map<String, HistoryTail> tails) throws SQLException {
        List<String> forgotten = new ArrayList<>();
        List<Appended> appended = new ArrayList<>();
        List<Outdated> outdated = new ArrayList<>();
        tails.forEach((hash, tail) -> {
            if (tail.forgotten()) {
                forgotten.add(hash);
            }
            tail.unsaved().forEach(entry -> appended.add(new Appended(hash, entry, tail.isStanding(entry))));
            tail.outdated().forEach(sequence -> outdated.add(new Outdated(hash, sequence)));
        });
        Sql.each(connection, FORGET, forgotten, hash -> new Object[] {hash});
        Sql.each(connection, INSERT, appended, each -> new Object[] {
            each.hash(),
            each.entry().sequence(),
            each.entry().at().toEpochMilli(),
            each.standing() ? 1 : 0,
            each.entry().text()
        });
        Sql.each(connection, OUTDATED, outdated, each -> new Object[] {each.hash(), each.sequence()});
    }

    List<ChainedEntry> read(String hash) {
        return Sql.query(
                readers,
                "SELECT n, entry FROM history WHERE hash = ? ORDER BY n",
                row -> ChainedEntry.stored(row.getLong(1), row.getString(2)),
                hash);
    }

    int purge(Instant before) {
        int purged = 0;
        int last = MAX_PURGED;
        while (last == MAX_PURGED) {
            last = writer.write(connection -> Sql.each(
                    connection,
                    "DELETE FROM history WHERE rowid IN"
                            + " (SELECT rowid FROM history WHERE at < ? AND standing = 0 LIMIT " + MAX_PURGED + ")",
                    List.of(before),
                    time -> new Object[] {time.toEpochMilli()})[0]);
            purged += last;
        }
        return purged;
    }
}
