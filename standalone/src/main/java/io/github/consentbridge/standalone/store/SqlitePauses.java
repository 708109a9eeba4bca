package io.github.consentbridge.standalone.store;

import static java.time.temporal.ChronoUnit.MILLIS;

import io.github.consentbridge.connectors.http.RemoteSystem;
import io.github.consentbridge.sync.ledger.Pauses;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Pauses that survive a restart. One process owns the store, so the memory decides and is written to the file after each
 * change. If it cannot be written, the change holds in this process all the same.
 */
public final class SqlitePauses implements Pauses {
    private final GroupCommit writer;
    private final Map<RemoteSystem, Instant> known = new EnumMap<>(RemoteSystem.class);

    SqlitePauses(DataSource readers, GroupCommit writer) {
        this.writer = writer;
        Sql.query(
                readers,
                "SELECT system, until FROM pause",
                row -> known.put(RemoteSystem.valueOf(row.getString(1)), Instant.ofEpochMilli(row.getLong(2))));
    }

    @Override
    public Map<RemoteSystem, Instant> pausedUntil() {
        synchronized (known) {
            return Map.copyOf(known);
        }
    }

    private Optional<Instant> find(RemoteSystem system) {
        synchronized (known) {
            return Optional.ofNullable(known.get(system));
        }
    }

    @Override
    public void pause(RemoteSystem system, Instant until) {
        Instant end = until.truncatedTo(MILLIS);
        synchronized (known) {
            @Nullable Instant standing = known.get(system);
            if (standing != null && !standing.isBefore(end)) {
                return;
            }
            known.put(system, end);
        }
        write(system);
    }

    @Override
    public boolean replace(RemoteSystem system, Instant known, Instant until) {
        return change(system, known, until.truncatedTo(MILLIS));
    }

    @Override
    public boolean end(RemoteSystem system, Instant known) {
        return change(system, known, null);
    }

    private boolean change(RemoteSystem system, Instant from, @Nullable Instant to) {
        synchronized (known) {
            if (!Objects.equals(known.get(system), from.truncatedTo(MILLIS))) {
                return false;
            }
            if (to == null) {
                known.remove(system);
            } else {
                known.put(system, to);
            }
        }
        write(system);
        return true;
    }

    @Override
    public Optional<Instant> lift(RemoteSystem system) {
        @Nullable Instant lifted;
        synchronized (known) {
            lifted = known.remove(system);
        }
        if (lifted != null) {
            write(system);
        }
        return Optional.ofNullable(lifted);
    }

    /** The writer runs one change at a time: the memory that it reads here is never older than what it wrote before. */
    private void write(RemoteSystem system) {
        writer.write(connection -> {
            Optional<Instant> until = find(system);
            return until.isPresent()
                    ? save(connection, system, until.get())
                    : Sql.each(connection, "DELETE FROM pause WHERE system = ?", List.of(system), ended ->
                            new Object[] {ended.name()});
        });
    }

    private static int[] save(Connection connection, RemoteSystem system, Instant until) throws SQLException {
        return Sql.each(
                connection, "INSERT OR REPLACE INTO pause (system, until) VALUES (?, ?)", List.of(system), paused ->
                        new Object[] {paused.name(), until.toEpochMilli()});
    }
}
