package io.github.consentbridge.standalone.store;

import io.github.consentbridge.connectors.http.RemoteSystem;
import io.github.consentbridge.sync.ledger.Pauses;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;

/** Pauses that survive a restart. One process owns the store, so it reads its memory and only writes the file. */
public final class SqlitePauses implements Pauses {
    private final GroupCommit writer;
    private final Map<RemoteSystem, Instant> known = new ConcurrentHashMap<>();

    SqlitePauses(DataSource readers, GroupCommit writer) {
        this.writer = writer;
        Sql.query(
                readers,
                "SELECT system, until FROM pause",
                row -> known.put(RemoteSystem.valueOf(row.getString(1)), Instant.ofEpochMilli(row.getLong(2))));
    }

    @Override
    public Map<RemoteSystem, Instant> pausedUntil() {
        return Map.copyOf(known);
    }

    @Override
    public void pause(RemoteSystem system, Instant until) {
        Instant standing = known.merge(system, until, SqlitePauses::later);
        if (standing.equals(until)) {
            // The writer runs one change at a time: what it reads here is never earlier than what it wrote before.
            writer.write(connection -> Sql.each(
                    connection, "INSERT OR REPLACE INTO pause (system, until) VALUES (?, ?)", List.of(system), paused ->
                            new Object[] {paused.name(), known.get(paused).toEpochMilli()}));
        }
    }

    private static Instant later(Instant one, Instant other) {
        return one.isBefore(other) ? other : one;
    }
}
