package io.github.consentbridge.simulators.dataverse.table;

import io.github.consentbridge.simulators.dataverse.column.DataverseError;
import io.github.consentbridge.simulators.dataverse.column.SimulatedColumn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.PrimitiveIterator;
import org.jspecify.annotations.Nullable;

/** The alternate keys of the table: unique combinations of columns; null is never a duplicate. */
public final class AlternateKeys {
    private final ContactTable table;
    private final List<List<SimulatedColumn>> keys = new ArrayList<>();

    AlternateKeys(ContactTable table) {
        this.table = table;
    }

    public void define(List<String> logicalNames) {
        synchronized (table) {
            keys.add(logicalNames.stream()
                    .map(name -> table.column(name)
                            .orElseThrow(() -> new IllegalArgumentException("no such column: " + name)))
                    .toList());
        }
    }

    public List<List<SimulatedColumn>> all() {
        synchronized (table) {
            return List.copyOf(keys);
        }
    }

    public boolean isKey(List<SimulatedColumn> columns) {
        return all().stream().anyMatch(key -> key.size() == columns.size() && key.containsAll(columns));
    }

    /** The row with these values; all of them must be given. */
    public Optional<Integer> find(Map<SimulatedColumn, Object> values) {
        synchronized (table) {
            SimulatedColumn first = values.keySet().iterator().next();
            PrimitiveIterator.OfInt rows = table.rowsWith(first, List.of(Objects.requireNonNull(values.get(first))));
            while (rows.hasNext()) {
                int row = rows.nextInt();
                if (values.keySet().stream().allMatch(column -> same(table.value(row, column), values.get(column)))) {
                    return Optional.of(row);
                }
            }
            return Optional.empty();
        }
    }

    /**
     * @param row the row to be changed, or -1 for a new one
     * @throws DataverseError if another row already has this row's new key
     */
    void check(int row, Map<SimulatedColumn, @Nullable Object> changes) {
        for (List<SimulatedColumn> key : keys) {
            if (key.stream().anyMatch(changes::containsKey)) {
                check(row, changes, key);
            }
        }
    }

    private void check(int row, Map<SimulatedColumn, @Nullable Object> changes, List<SimulatedColumn> key) {
        Map<SimulatedColumn, Object> wanted = new LinkedHashMap<>();
        for (SimulatedColumn column : key) {
            Object value = changes.containsKey(column)
                    ? changes.get(column)
                    : row < 0 ? column.defaultValue() : table.value(row, column);
            if (value == null) {
                return;
            }
            wanted.put(column, value);
        }
        Optional<Integer> holder = find(wanted);
        if (holder.isPresent() && holder.get() != row) {
            String name = key.get(0).logicalName();
            throw new DataverseError(
                    412,
                    "0x80060892",
                    "Entity Key " + name + " violated. A record with the same value for " + name
                            + " already exists. A duplicate record cannot be created. Select one or more unique values and"
                            + " try again.");
        }
    }

    private static boolean same(@Nullable Object held, @Nullable Object wanted) {
        return held != null && wanted != null && ContactTable.comparable(held).equals(ContactTable.comparable(wanted));
    }
}
