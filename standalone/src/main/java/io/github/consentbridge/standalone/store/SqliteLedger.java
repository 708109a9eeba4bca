package io.github.consentbridge.standalone.store;

import io.github.consentbridge.mapping.document.OrganizationUserId;
import io.github.consentbridge.sync.history.ChainedEntry;
import io.github.consentbridge.sync.history.HistoryTail;
import io.github.consentbridge.sync.ledger.ConsentLedger;
import io.github.consentbridge.sync.ledger.LedgerEntry;
import io.github.consentbridge.sync.ledger.LedgerEntryTooLargeException;
import io.github.consentbridge.sync.ledger.LedgerJson;
import io.github.consentbridge.sync.logging.PersonHash;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The consent ledger in SQLite. A person's row is named by a keyed hash; the id itself is kept beside it, but not in what
 * is left of an erased person.
 */
public final class SqliteLedger implements ConsentLedger {
    private static final String INSERT = """
            INSERT INTO person (person, contact, erased_at, entry, revision, hash)
            SELECT ?1, ?2, ?3, ?4, ?5, ?6 WHERE NOT EXISTS (SELECT 1 FROM person WHERE hash = ?6)""";
    private static final String UPDATE = """
            UPDATE person SET person = ?1, contact = ?2, erased_at = ?3, entry = ?4, revision = ?5
            WHERE hash = ?6 AND revision = ?5 - 1""";

    /** In UTF-16 units. SQLite would take more than a process with the usual memory could read again. */
    private static final int MAX_ENTRY = 2 << 20;

    private final DataSource readers;
    private final GroupCommit writer;
    private final PersonHash hash;
    private final Clock clock;
    private final SqliteHistory history;
    private volatile Consumer<LedgerEntry> erasureListener = tombstone -> {};

    SqliteLedger(DataSource readers, GroupCommit writer, PersonHash hash, Clock clock) {
        this.readers = readers;
        this.writer = writer;
        this.hash = hash;
        this.clock = clock;
        this.history = new SqliteHistory(readers, writer);
        forgetExpiredTombstones();
    }

    /** Calls this with each tombstone that was saved, in the thread of the save, which fails if the listener does. */
    public void onErasure(Consumer<LedgerEntry> listener) {
        erasureListener = listener;
    }

    @Override
    public Map<OrganizationUserId, LedgerEntry> load(Collection<OrganizationUserId> keys) {
        Map<String, OrganizationUserId> people = new HashMap<>();
        Map<OrganizationUserId, LedgerEntry> entries = new HashMap<>();
        for (OrganizationUserId key : keys) {
            people.put(hash.of(key), key);
            entries.put(key, LedgerEntry.none(key));
        }
        Sql.query(
                readers,
                "SELECT hash, entry, revision FROM person WHERE hash IN (SELECT value FROM json_each(?))",
                row -> {
                    OrganizationUserId key = people.get(row.getString(1));
                    return entries.put(
                            key,
                            LedgerJson.read(key, row.getString(2), row.getLong(3))
                                    .unexpired(clock.instant()));
                },
                Sql.jsonArray(people.keySet()));
        return entries;
    }

    @Override
    public Set<OrganizationUserId> save(List<LedgerEntry> entries) {
        // Made here, in the caller's thread: the writer's serves everybody.
        Map<Boolean, List<Row>> byFit = rows(entries).stream()
                .collect(Collectors.partitioningBy(row -> row.json().length() <= MAX_ENTRY));
        Set<OrganizationUserId> conflicts = write(byFit.getOrDefault(true, List.of()));
        Set<OrganizationUserId> tooLarge =
                byFit.getOrDefault(false, List.of()).stream().map(Row::key).collect(Collectors.toSet());
        if (!tooLarge.isEmpty()) {
            throw new LedgerEntryTooLargeException(MAX_ENTRY + " characters", tooLarge, conflicts);
        }
        entries.stream()
                .filter(entry -> entry.isTombstone()
                        && !conflicts.contains(entry.person().key()))
                .forEach(erasureListener);
        return conflicts;
    }

    private Set<OrganizationUserId> write(List<Row> rows) {
        Map<Boolean, List<Row>> byNovelty = rows.stream()
                .collect(Collectors.partitioningBy(row -> row.entry().revision() == LedgerEntry.NEW));
        return writer.write(connection -> {
            Set<OrganizationUserId> conflicts = new HashSet<>();
            conflicts.addAll(save(connection, INSERT, byNovelty.getOrDefault(true, List.of())));
            conflicts.addAll(save(connection, UPDATE, byNovelty.getOrDefault(false, List.of())));
            Map<String, HistoryTail> tails = tails(rows, conflicts);
            SqliteHistory.append(connection, tails);
            SqliteDeadLetters.forgetReasons(
                    connection,
                    rows.stream()
                            .filter(row -> row.entry().isTombstone() && tails.containsKey(row.hash()))
                            .map(Row::hash)
                            .toList());
            return conflicts;
        });
    }

    private static Map<String, HistoryTail> tails(List<Row> rows, Set<OrganizationUserId> conflicts) {
        Map<String, HistoryTail> tails = new LinkedHashMap<>();
        rows.stream()
                .filter(row -> !conflicts.contains(row.key()))
                .forEach(row -> tails.put(row.hash(), row.entry().history()));
        return tails;
    }

    private record Row(LedgerEntry entry, String json, String hash) {
        OrganizationUserId key() {
            return entry.person().key();
        }

        @Nullable
        Object[] columns() {
            @Nullable Instant erasedAt = entry.erasedAt();
            return new @Nullable Object[] {
                entry.isTombstone() ? null : key().value(),
                entry.person().contactId(),
                erasedAt == null ? null : erasedAt.toEpochMilli(),
                json,
                entry.revision() + 1,
                hash
            };
        }
    }

    private List<Row> rows(List<LedgerEntry> entries) {
        return entries.stream()
                .map(entry -> new Row(
                        entry, LedgerJson.write(entry), hash.of(entry.person().key())))
                .toList();
    }

    private static Set<OrganizationUserId> save(Connection connection, String sql, List<Row> rows) throws SQLException {
        int[] saved = Sql.each(connection, sql, rows, Row::columns);
        Set<OrganizationUserId> conflicts = new HashSet<>();
        for (int index = 0; index < saved.length; index++) {
            if (saved[index] == 0) {
                conflicts.add(rows.get(index).key());
            }
        }
        return conflicts;
    }

    @Override
    public Optional<OrganizationUserId> personOf(String contactId) {
        return Sql.query(readers, "SELECT person FROM person WHERE contact = ?", SqliteLedger::person, contactId)
                .stream()
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<OrganizationUserId> person(ResultSet row) throws SQLException {
        @Nullable String id = row.getString(1);
        return Optional.ofNullable(id).map(OrganizationUserId::new);
    }

    @Override
    public List<ChainedEntry> history(OrganizationUserId key) {
        return history.read(hash.of(key));
    }

    @Override
    public int purgeHistory(Instant before) {
        return history.purge(before);
    }

    /** Removes expired tombstones, which would otherwise stay for ever; one that ends a history stays as long as it. */
    public void forgetExpiredTombstones() {
        long oldest = clock.instant().minus(TOMBSTONE_AGE).toEpochMilli();
        writer.write(connection -> Sql.each(
                connection,
                "DELETE FROM person WHERE erased_at < ? AND person IS NULL"
                        + " AND NOT EXISTS (SELECT 1 FROM history WHERE history.hash = person.hash)",
                List.of(oldest),
                time -> new Object[] {time}));
    }
}
