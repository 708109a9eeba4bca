package io.github.consentbridge.standalone.store;

import io.github.consentbridge.sync.reconciliation.RunStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** What reconciliations remember, in SQLite. */
public final class SqliteRunStore implements RunStore {
    private final DataSource readers;
    private final GroupCommit writer;

    SqliteRunStore(DataSource readers, GroupCommit writer) {
        this.readers = readers;
        this.writer = writer;
    }

    @Override
    public boolean lease(String run, Instant now, Instant until) {
        int[] taken = change(
                "UPDATE run_lease SET holder = ?1, until = ?2 WHERE holder = ?1 OR until <= ?3",
                run,
                until.toEpochMilli(),
                now.toEpochMilli());
        return taken[0] == 1;
    }

    @Override
    public boolean handOver(String run, String next, Instant until) {
        int[] given = change(
                "UPDATE run_lease SET holder = ?2, until = ?3 WHERE holder IN (?1, ?2)",
                run,
                next,
                until.toEpochMilli());
        return given[0] == 1;
    }

    @Override
    public void release(String run) {
        change("UPDATE run_lease SET until = 0 WHERE holder = ?", run);
    }

    @Override
    public Optional<String> load(String name) {
        return Sql.query(readers, "SELECT text FROM run_text WHERE name = ?", row -> row.getString(1), name).stream()
                .findFirst();
    }

    @Override
    public void save(String name, @Nullable String text) {
        if (text == null) {
            change("DELETE FROM run_text WHERE name = ?", name);
        } else {
            change("INSERT OR REPLACE INTO run_text (name, text) VALUES (?, ?)", name, text);
        }
    }

    private int[] change(String sql, Object... parameters) {
        return writer.write(connection -> Sql.each(connection, sql, List.of(sql), once -> parameters));
    }
}
