package io.github.consentbridge.standalone.store;

import io.github.consentbridge.connectors.http.RemoteSystem;
import io.github.consentbridge.sync.ledger.Pauses;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;

/** Pauses that survive a restart. One process owns the store, so it reads its memory and only writes the file. */
public final class H2Pauses implements Pauses {
    private final GroupCommit writer;
    private final Map<RemoteSystem, Instant> known = new ConcurrentHashMap<>();

    H2Pauses(DataSource readers, GroupCommit writer) {
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
        Optional<Instant> longer = Optional.ofNullable(known.get(system)).filter(other -> !other.isBefore(until));
        if (longer.isEmpty()) {
            known.put(system, until);
            writer.write(connection -> Sql.each(
                    connection,
                    "MERGE INTO pause (system, until) KEY (system) VALUES (?, ?)",
                    List.of(system),
                    paused -> new Object[] {paused.name(), until.toEpochMilli()}));
        }
    }
}
