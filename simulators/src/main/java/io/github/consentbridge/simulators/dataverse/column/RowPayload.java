package io.github.consentbridge.simulators.dataverse.column;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.consentbridge.simulators.dataverse.query.Rows;
import io.github.consentbridge.simulators.http.Call;
import io.github.consentbridge.simulators.http.Json;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the body of a create or an update. */
public final class RowPayload {
    private static final String BIND = "@odata.bind";
    private static final Pattern BOUND = Pattern.compile("(?:https?://[^ ]*/|/)?([a-z0-9_]+)\\(([0-9a-fA-F-]{36})\\)");

    private final Rows table;
    private final boolean create;
    private final boolean mayWriteSecured;

    private RowPayload(Rows table, boolean create, boolean mayWriteSecured) {
        this.table = table;
        this.create = create;
        this.mayWriteSecured = mayWriteSecured;
    }

    /** What the bridge's application user sends. */
    public static RowPayload ofApplication(Rows table, boolean create) {
        return new RowPayload(table, create, false);
    }

    /** What a member of staff enters in the app. */
    public static RowPayload ofStaff(Rows table, boolean create) {
        return new RowPayload(table, create, true);
    }

    public Map<SimulatedColumn, @Nullable Object> read(Call call) {
        String type = call.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        if (!type.startsWith("application/json")) {
            throw DataverseError.payload(
                    table.logicalName(),
                    "A missing or empty content type header was found when trying to read a message."
                            + " The content type header is required.");
        }
        return read(json(call));
    }

    public Map<SimulatedColumn, @Nullable Object> read(JsonNode body) {
        Map<SimulatedColumn, @Nullable Object> values = new LinkedHashMap<>();
        body.properties().forEach(property -> {
            String name = property.getKey();
            if (name.endsWith(BIND)) {
                bind(name.substring(0, name.length() - BIND.length()), property.getValue(), values);
            } else if (!name.contains("@")) {
                SimulatedColumn column = writable(name);
                values.put(column, Codec.read(column, property.getValue()));
            }
        });
        checkSecurity(values.keySet());
        checkState(values);
        return values;
    }

    /** One refusal names all columns that the caller may not write. */
    private void checkSecurity(Set<SimulatedColumn> written) {
        String secured = written.stream()
                .filter(column -> column.isSecured() && !mayWriteSecured)
                .map(SimulatedColumn::logicalName)
                .collect(Collectors.joining(", "));
        if (!secured.isEmpty()) {
            throw new DataverseError(
                    403,
                    "0x8004f508",
                    "Caller user does not have " + (create ? "create" : "update") + " permissions for the " + secured
                            + " attribute(s) on entity " + table.logicalName() + ".");
        }
    }

    private JsonNode json(Call call) {
        try {
            JsonNode body = Json.parse(call.body());
            if (!body.isObject()) {
                throw DataverseError.payload(
                        table.logicalName(), "An unexpected node was found when reading from the JSON reader.");
            }
            return body;
        } catch (IOException e) {
            throw DataverseError.payload(
                    table.logicalName(), "Invalid JSON. The stream is not readable or holds an unexpected token.");
        }
    }

    private SimulatedColumn writable(String name) {
        SimulatedColumn column = table.column(name)
                .filter(found -> found.type() != ColumnType.LOOKUP)
                .orElseThrow(() -> DataverseError.payload(
                        table.logicalName(),
                        "Invalid property '" + name + "' was found in entity 'Microsoft.Dynamics.CRM."
                                + table.logicalName() + "'."));
        return checked(column);
    }

    private SimulatedColumn checked(SimulatedColumn column) {
        if (create ? !column.isValidForCreate() : !column.isValidForUpdate()) {
            throw DataverseError.payload(
                    table.logicalName(),
                    "The property '" + column.logicalName() + "' is read-only and cannot be "
                            + (create ? "set when the entity is created." : "updated."));
        }
        return column;
    }

    private void bind(String property, JsonNode value, Map<SimulatedColumn, @Nullable Object> values) {
        SimulatedColumn column = table.columns().stream()
                .filter(candidate -> candidate.type() == ColumnType.LOOKUP)
                .filter(candidate -> candidate.navigationProperty().equals(property))
                .findFirst()
                .orElseThrow(() -> DataverseError.payload(
                        table.logicalName(),
                        "An undeclared property '" + property
                                + "' which only has property annotations in the payload but no property value was found in the"
                                + " payload. In OData, only declared navigation properties and declared named streams can be"
                                + " represented as properties without values."));
        Matcher bound = BOUND.matcher(value.asText());
        if (!value.isNull() && !(bound.matches() && bound.group(1).equals(column.target() + "s"))) {
            throw DataverseError.payload(
                    table.logicalName(), "The URI '" + value.asText() + "' is not valid for '" + property + "'.");
        }
        values.put(
                checked(column),
                value.isNull() ? null : new Reference(column.target(), UUID.fromString(bound.group(2))));
    }

    /** A state without a status gets its default status; an invalid pair is refused. */
    private void checkState(Map<SimulatedColumn, @Nullable Object> values) {
        Optional<SimulatedColumn> state = table.column("statecode");
        Optional<SimulatedColumn> status = table.column("statuscode");
        if (state.isEmpty() || status.isEmpty() || !(values.get(state.get()) instanceof Integer code)) {
            return;
        }
        values.putIfAbsent(status.get(), code + 1);
        Object given = values.get(status.get());
        if (!Integer.valueOf(code + 1).equals(given)) {
            throw new DataverseError(
                    400,
                    "0x80048408",
                    given + " is not a valid status code for state code " + code + " on " + table.logicalName() + ".");
        }
    }
}
