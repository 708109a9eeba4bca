package io.github.consentbridge.standalone.store;

import io.github.consentbridge.sync.history.ChainedEntry;
import io.github.consentbridge.sync.history.HistoryTail;
import io.github.consentbridge.sync.history.PackedHistory;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * The histories in SQLite, under the hash that names the person in the ledger. What one save appends is one row, packed: most
 * saves append several entries, which have much in common. A row counts those of its entries that explain a standing choice.
 */
final class SqliteHistory {
    private static final String INSERT =
            "INSERT INTO history (hash, n, at, standing, entries) VALUES (?1, ?2, ?3, ?4, ?5)";
    private static final String OUTDATED = """
            UPDATE history SET standing = standing - 1 WHERE hash = ?1 AND n =
                (SELECT max(n) FROM history WHERE hash = ?1 AND n <= ?2)""";
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

    /** What a save adds to a history, packed. */
    static final class Addition {
        private final HistoryTail tail;
        private final byte[] packed;

        Addition(HistoryTail tail) {
            String lines = tail.unsaved().stream().map(ChainedEntry::text).collect(Collectors.joining("\n"));
            this.tail = tail;
            this.packed = lines.isEmpty() ? new byte[0] : PackedHistory.pack(lines);
        }
    }

    /** Appends what these people's saves add, within the transaction of the save. */
    static void append(Connection connection, Map<String, Addition> additions) throws SQLException {
        List<Outdated> outdated = new ArrayList<>();
        additions.forEach(
                (hash, added) -> added.tail.outdated().forEach(sequence -> outdated.add(new Outdated(hash, sequence))));
        Sql.each(connection, FORGET, hashes(additions, HistoryTail::forgotten), hash -> new Object[] {hash});
        Sql.each(
                connection,
                INSERT,
                hashes(additions, tail -> !tail.unsaved().isEmpty()),
                hash -> row(hash, additions.get(hash)));
        Sql.each(connection, OUTDATED, outdated, each -> new Object[] {each.hash(), each.sequence()});
    }

    private static List<String> hashes(Map<String, Addition> additions, Predicate<HistoryTail> which) {
        return additions.keySet().stream()
                .filter(hash -> which.test(additions.get(hash).tail))
                .toList();
    }

    private static Object[] row(String hash, Addition added) {
        List<ChainedEntry> entries = added.tail.unsaved();
        return new Object[] {
            hash,
            entries.get(0).sequence(),
            entries.get(entries.size() - 1).at().toEpochMilli(),
            entries.stream().filter(added.tail::isStanding).count(),
            added.packed
        };
    }

    List<ChainedEntry> read(String hash) {
        List<ChainedEntry> entries = new ArrayList<>();
        Sql.query(
                readers,
                "SELECT n, entries FROM history WHERE hash = ? ORDER BY n",
                row -> {
                    long sequence = row.getLong(1);
                    for (String text : lines(row.getBytes(2)).split("\n", -1)) {
                        entries.add(ChainedEntry.stored(sequence++, text));
                    }
                    return sequence;
                },
                hash);
        return entries;
    }

    /** What cannot be unpacked was edited: {@link io.github.consentbridge.sync.history.HistoryChain} says so. */
    private static String lines(byte[] packed) {
        try {
            return PackedHistory.unpack(packed);
        } catch (IllegalArgumentException e) {
            return "";
        }
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
