package io.github.consentbridge.simulators.dataverse;

import io.github.consentbridge.simulators.dataverse.column.SimulatedColumn;
import io.github.consentbridge.simulators.dataverse.table.ContactTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The customer's own synchronous steps before the operation: they add columns to what is written. */
final class Plugins {
    private final ContactTable table;
    private final List<Plugin> all = new CopyOnWriteArrayList<>();

    private record Plugin(SimulatedColumn column, Function<@Nullable Object, Map<String, ?>> reaction) {}

    Plugins(ContactTable table) {
        this.table = table;
    }

    void add(String column, Function<@Nullable Object, Map<String, ?>> reaction) {
        SimulatedColumn watched =
                table.column(column).orElseThrow(() -> new IllegalArgumentException("no such column: " + column));
        all.add(new Plugin(watched, reaction));
    }

    /** The values that are finally written. A plug-in also sees what the previous ones added. */
    Map<SimulatedColumn, @Nullable Object> applied(Map<SimulatedColumn, @Nullable Object> given) {
        if (all.isEmpty()) {
            return given;
        }
        Map<SimulatedColumn, @Nullable Object> written = new LinkedHashMap<>(given);
        for (Plugin plugin : all) {
            if (written.containsKey(plugin.column())) {
                Map<String, ?> changes = plugin.reaction().apply(written.get(plugin.column()));
                written.putAll(StaffEntries.read(table, changes, false));
            }
        }
        return written;
    }
}
