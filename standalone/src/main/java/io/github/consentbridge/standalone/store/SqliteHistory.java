package io.github.consentbridge.standalone.store;

import io.github.consentbridge.sync.history.ChainedEntry;
import io.github.consentbridge.sync.history.HistoryTail;
import io.github.consentbridge.sync.storage.PackedText;
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

    /** Appends what these people's saves add, within the transaction of the save. */
    static void append(Connection connection, Map<String, HistoryTail> tails) throws SQLException {
        List<Outdated> outdated = new ArrayList<>();
        tails.forEach((hash, tail) -> tail.outdated().forEach(sequence -> outdated.add(new Outdated(hash, sequence))));
        Sql.each(connection, FORGET, hashes(tails, HistoryTail::forgotten), hash -> new Object[] {hash});
        Sql.each(
                connection,
                INSERT,
                hashes(tails, tail -> !tail.unsaved().isEmpty()),
                hash -> row(hash, tails.get(hash)));
        Sql.each(connection, OUTDATED, outdated, each -> new Object[] {each.hash(), each.sequence()});
    }

    private static List<String> hashes(Map<String, HistoryTail> tails, Predicate<HistoryTail> which) {
        return tails.keySet().stream()
                .filter(hash -> which.test(tails.get(hash)))
                .toList();
    }

    private static Object[] row(String hash, HistoryTail tail) {
        List<ChainedEntry> entries = tail.unsaved();
        String lines = entries.stream().map(ChainedEntry::text).collect(Collectors.joining("\n"));
        return new Object[] {
            hash,
            entries.get(0).sequence(),
            entries.get(entries.size() - 1).at().toEpochMilli(),
            entries.stream().filter(tail::isStanding).count(),
            PackedText.pack(lines)
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
            return PackedText.unpack(packed);
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
