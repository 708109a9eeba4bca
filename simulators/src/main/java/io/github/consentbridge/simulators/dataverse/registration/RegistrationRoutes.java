package io.github.consentbridge.simulators.dataverse.registration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.simulators.dataverse.column.Codec;
import io.github.consentbridge.simulators.dataverse.column.DataverseError;
import io.github.consentbridge.simulators.dataverse.column.RowPayload;
import io.github.consentbridge.simulators.dataverse.column.SimulatedColumn;
import io.github.consentbridge.simulators.dataverse.table.ContactTable;
import io.github.consentbridge.simulators.http.Call;
import io.github.consentbridge.simulators.http.Json;
import io.github.consentbridge.simulators.http.Reply;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * {@code serviceendpoints}, {@code sdkmessageprocessingsteps}, {@code sdkmessageprocessingstepimages}, and the look-ups
 * {@code sdkmessages} and {@code sdkmessagefilters} over the Web API.
 *
 * @see <a href="https://learn.microsoft.com/power-apps/developer/data-platform/register-web-hook">Register a
 *     webhook</a>
 */
public final class RegistrationRoutes {
    private static final Pattern PATH = Pattern.compile("(\\w+)(?:\\(([^()]*)\\)(?:/(\\w+))?)?");

    private final Registration registration;
    private final ContactTable monitor;
    private final String webApi;

    /** @param monitor the monitor that {@link Registration} holds during each change */
    public RegistrationRoutes(Registration registration, ContactTable monitor, String webApi) {
        this.registration = registration;
        this.monitor = monitor;
        this.webApi = webApi;
    }

    /** The table of this path. */
    public Optional<SystemTable> table(String path) {
        Matcher parts = PATH.matcher(path);
        return parts.matches()
                ? registration
                        .tables()
                        .filter(table -> table.entitySet().equals(parts.group(1)))
                        .findFirst()
                : Optional.empty();
    }

    /**
     * Answers one call.
     *
     * @param path below the Web API's base, of which {@link #table} knows the table
     */
    public Reply answer(Call call, SystemTable table, String path) {
        Matcher parts = PATH.matcher(path);
        if (!parts.matches()) {
            throw DataverseError.noSuchSegment(path);
        }
        synchronized (monitor) {
            if (parts.group(2) == null) {
                return ofTable(call, table);
            } else if (parts.group(3) != null) {
                return ofCollection(call, table, id(parts.group(2)), parts.group(3));
            }
            return ofRow(call, table, id(parts.group(2)));
        }
    }

    private Reply ofTable(Call call, SystemTable table) {
        return switch (call.method()) {
            case "GET" -> find(call, table, table.live());
            case "POST" -> create(call, writable(call, table), Optional.empty());
            default -> throw notSupported(call);
        };
    }

    private Reply ofCollection(Call call, SystemTable table, UUID id, String name) {
        SystemTable.Child child = table.child(name).orElseThrow(() -> DataverseError.noSuchSegment(name));
        if (!call.is("GET")) {
            throw notSupported(call);
        }
        get(table, id);
        return find(call, child.table(), child.table().pointingTo(child.lookup(), id));
    }

    private Reply ofRow(Call call, SystemTable table, UUID id) {
        return switch (call.method()) {
            case "GET" -> read(call, table, get(table, id), 200);
            case "PATCH" -> change(call, writable(call, table), id);
            case "DELETE" -> delete(call, writable(call, table), id);
            default -> throw notSupported(call);
        };
    }

    private Reply find(Call call, SystemTable table, IntStream rows) {
        SystemQuery query = SystemQuery.parse(table, call);
        List<Integer> found = query.matching(rows);
        ObjectNode body = Json.object();
        body.put("@odata.context", webApi + "$metadata#" + table.entitySet() + query.selected());
        if (query.isCounted()) {
            body.put("@odata.count", found.size());
        }
        found.stream().map(query::json).forEach(body.putArray("value")::add);
        return odata(200, body);
    }

    private Reply read(Call call, SystemTable table, int row, int status) {
        SystemQuery query = SystemQuery.parse(table, call);
        ObjectNode body = Json.object();
        body.put("@odata.context", webApi + "$metadata#" + table.entitySet() + query.selected() + "/$entity");
        body.setAll(query.json(row));
        return odata(status, body);
    }

    private Reply create(Call call, SystemTable table, Optional<UUID> address) {
        Map<SimulatedColumn, @Nullable Object> given =
                RowPayload.ofApplication(table, true).read(call);
        Optional<UUID> id = address.or(() -> Optional.ofNullable((UUID) given.get(table.primaryKey())));
        return written(call, table, registration.create(table, id, given), 201);
    }

    /** A PATCH without a condition creates a missing row, as with contacts. */
    private Reply change(Call call, SystemTable table, UUID id) {
        int row = table.find(id);
        if (row < 0 && call.header("If-Match").isEmpty()) {
            return create(call, table, Optional.of(id));
        }
        checkVersion(call, table, get(table, id));
        registration.update(table, row, RowPayload.ofApplication(table, false).read(call));
        return written(call, table, row, 200);
    }

    private Reply delete(Call call, SystemTable table, UUID id) {
        int row = get(table, id);
        checkVersion(call, table, row);
        registration.delete(table, row);
        return Reply.empty(204).with("OData-Version", "4.0");
    }

    private Reply written(Call call, SystemTable table, int row, int statusWithRow) {
        Reply reply = call.prefers("return=representation")
                ? read(call, table, row, statusWithRow).with("Preference-Applied", "return=representation")
                : Reply.empty(204).with("OData-Version", "4.0");
        return reply.with("OData-EntityId", webApi + table.entitySet() + "(" + table.id(row) + ")");
    }

    private SystemTable writable(Call call, SystemTable table) {
        if (registration.isReadOnly(table)) {
            throw notSupported(call);
        }
        return table;
    }

    private static void checkVersion(Call call, SystemTable table, int row) {
        String wanted = call.header("If-Match").orElse("*");
        if (!wanted.equals("*") && !wanted.equals(table.etag(row))) {
            throw DataverseError.versionMismatch();
        }
    }

    private static int get(SystemTable table, UUID id) {
        int row = table.find(id);
        if (row < 0) {
            throw DataverseError.noSuchRow(table.logicalName(), id);
        }
        return row;
    }

    private static UUID id(String address) {
        return Codec.uuid(address)
                .orElseThrow(() -> DataverseError.query(
                        "The key in the request URI is not valid for the resource: '" + address + "'."));
    }

    private static DataverseError notSupported(Call call) {
        return new DataverseError(
                405, "", "The requested resource does not support http method '" + call.method() + "'.");
    }

    private static Reply odata(int status, ObjectNode body) {
        return Reply.json(status, body)
                .with("Content-Type", "application/json; odata.metadata=minimal")
                .with("OData-Version", "4.0");
    }
}
