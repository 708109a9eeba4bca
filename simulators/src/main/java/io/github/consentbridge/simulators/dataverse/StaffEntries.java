package io.github.consentbridge.simulators.dataverse;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.simulators.dataverse.column.ColumnType;
import io.github.consentbridge.simulators.dataverse.column.DataverseError;
import io.github.consentbridge.simulators.dataverse.column.RowPayload;
import io.github.consentbridge.simulators.dataverse.column.SimulatedColumn;
import io.github.consentbridge.simulators.dataverse.table.ContactTable;
import io.github.consentbridge.simulators.http.Json;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Validates what a member of staff enters in the app, as the Web API would. */
final class StaffEntries {
    private StaffEntries() {}

    /**
     * Reads values by logical name; for a lookup the target's UUID.
     *
     * @throws DataverseError if the app would refuse them
     */
    static Map<SimulatedColumn, @Nullable Object> read(ContactTable table, Map<String, ?> values, boolean create) {
        ObjectNode body = Json.object();
        new TreeMap<>(values).forEach((name, value) -> {
            Optional<SimulatedColumn> lookup = table.column(name).filter(column -> column.type() == ColumnType.LOOKUP);
            if (lookup.isPresent()) {
                bind(body, lookup.get(), value);
            } else {
                boolean plain = value == null || value instanceof Boolean || value instanceof Number;
                body.set(name, Json.of(plain ? value : value.toString()));
            }
        });
        return RowPayload.ofStaff(table, create).read(body);
    }

    private static void bind(ObjectNode body, SimulatedColumn lookup, @Nullable Object id) {
        String name = lookup.navigationProperty() + "@odata.bind";
        body.put(name, id == null ? null : "/" + lookup.target() + "s(" + id + ")");
    }
}
