package io.github.consentbridge.simulators.dataverse.table;

import io.github.consentbridge.simulators.dataverse.column.Reference;
import io.github.consentbridge.simulators.dataverse.column.SimulatedColumn;
import io.github.consentbridge.simulators.http.Ids;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The changes of audited columns: user, time and both values, from the moment auditing is enabled. Callers that read or
 * write records hold the table's monitor.
 */
public final class AuditLog {
    private static final long SEED = 369;
    private static final int CREATE = 1;
    private static final int UPDATE = 2;
    private static final int MERGE = 12;
    private static final int AUDIT_ENABLED = 107;

    private final ContactTable table;
    private final Clock clock;
    private final Ids ids = new Ids(SEED);
    private final Map<SimulatedColumn, Column> audited = new LinkedHashMap<>();

    /**
     * One record.
     *
     * @param action 1 create, 2 update, 12 merge, 107 auditing enabled, which has no values
     * @param before null if empty
     */
    public record Entry(
            UUID id,
            Instant createdOn,
            UUID user,
            int action,
            @Nullable Object before,
            @Nullable Object after) {
        public boolean isChange() {
            return action != AUDIT_ENABLED;
        }
    }

    private record Column(Entry enabled, Map<UUID, List<Entry>> changes) {}

    public AuditLog(ContactTable table, Clock clock) {
        this.table = table;
        this.clock = clock;
    }

    public void enable(SimulatedColumn column, Reference administrator) {
        Entry enabled = entry(administrator, AUDIT_ENABLED, null, null);
        audited.putIfAbsent(column, new Column(enabled, new HashMap<>()));
    }

    public boolean isEnabled(SimulatedColumn column) {
        synchronized (table) {
            return audited.containsKey(column);
        }
    }

    public boolean isEnabled() {
        synchronized (table) {
            return !audited.isEmpty();
        }
    }

    /** The column's records for a contact, newest first; none if it is not audited. */
    public List<Entry> history(UUID contact, SimulatedColumn column) {
        Column kept = audited.get(column);
        if (kept == null) {
            return List.of();
        }
        List<Entry> entries = new ArrayList<>(List.of(kept.enabled()));
        entries.addAll(kept.changes().getOrDefault(contact, List.of()));
        Collections.reverse(entries);
        return entries;
    }

    /** The present values of the audited columns, with which {@link #updated} compares the written ones. */
    public Map<SimulatedColumn, @Nullable Object> values(int row, Collection<SimulatedColumn> columns) {
        Map<SimulatedColumn, @Nullable Object> values = new LinkedHashMap<>();
        columns.stream().filter(audited::containsKey).forEach(column -> values.put(column, table.value(row, column)));
        return values;
    }

    public void created(int row, Reference user) {
        values(row, audited.keySet()).forEach((column, value) -> record(row, column, CREATE, null, value, user));
    }

    public void updated(int row, Map<SimulatedColumn, @Nullable Object> before, Reference user) {
        changed(row, before, UPDATE, user);
    }

    /** As {@link #updated}, for values that a merge changed. */
    public void merged(int row, Map<SimulatedColumn, @Nullable Object> before, Reference user) {
        changed(row, before, MERGE, user);
    }

    private void changed(int row, Map<SimulatedColumn, @Nullable Object> before, int action, Reference user) {
        before.forEach((column, value) -> record(row, column, action, value, table.value(row, column), user));
    }

    /** An equal value is not a change; a rolled back change leaves no record. */
    private void record(
            int row,
            SimulatedColumn column,
            int action,
            @Nullable Object before,
            @Nullable Object after,
            Reference user) {
        Column kept = audited.get(column);
        if (kept == null || Objects.equals(before, after)) {
            return;
        }
        UUID contact = table.id(row);
        Entry entry = entry(user, action, before, after);
        table.undo()
                .afterCommit(() -> kept.changes()
                        .computeIfAbsent(contact, any -> new ArrayList<>(1))
                        .add(entry));
    }

    private Entry entry(Reference user, int action, @Nullable Object before, @Nullable Object after) {
        return new Entry(ids.next(), clock.instant().truncatedTo(ChronoUnit.SECONDS), user.id(), action, before, after);
    }
}
