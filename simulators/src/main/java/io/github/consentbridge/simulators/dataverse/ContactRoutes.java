package io.github.consentbridge.simulators.dataverse;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.simulators.dataverse.column.DataverseError;
import io.github.consentbridge.simulators.dataverse.column.RowPayload;
import io.github.consentbridge.simulators.dataverse.column.SimulatedColumn;
import io.github.consentbridge.simulators.dataverse.query.RowQuery;
import io.github.consentbridge.simulators.dataverse.table.ContactTable;
import io.github.consentbridge.simulators.http.Call;
import io.github.consentbridge.simulators.http.Ids;
import io.github.consentbridge.simulators.http.Json;
import io.github.consentbridge.simulators.http.Reply;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads and writes one contact over the Web API. */
final class ContactRoutes {
    private final ContactTable table;
    private final DataverseCounters counters;
    private final ContactOperations operations;
    private final Caller application;
    private final Ids ids;
    private final ContactJson json;

    ContactRoutes(
            ContactTable table,
            ContactOperations operations,
            DataverseCounters counters,
            Caller application,
            Ids ids,
            ContactJson json) {
        this.table = table;
        this.operations = operations;
        this.counters = counters;
        this.application = application;
        this.ids = ids;
        this.json = json;
    }

    Reply read(Call call, String address) {
        RowQuery query = RowQuery.parse(table, call);
        ContactAddress wanted = ContactAddress.parse(table, address);
        synchronized (table) {
            int row = wanted.row();
            if (row < 0) {
                throw wanted.notFound();
            }
            if (call.header("If-None-Match").filter(table.etag(row)::equals).isPresent()) {
                return Reply.empty(304);
            }
            return ContactJson.odata(200, represented(call, query, row));
        }
    }

    Reply create(Call call) {
        RowQuery query = RowQuery.parse(table, call);
        Map<SimulatedColumn, @Nullable Object> values =
                RowPayload.ofApplication(table, true).read(call);
        synchronized (table) {
            Object id = values.get(table.column("contactid").orElseThrow());
            int row = insert(id instanceof UUID given ? given : ids.next(), values, query);
            return written(call, query, row, 201);
        }
    }

    Reply update(Call call, String address) {
        RowQuery query = RowQuery.parse(table, call);
        ContactAddress wanted = ContactAddress.parse(table, address);
        Optional<String> ifMatch = call.header("If-Match");
        synchronized (table) {
            int row = wanted.row();
            if (row < 0) {
                return upsert(call, query, wanted, ifMatch);
            }
            if (call.header("If-None-Match").filter("*"::equals).isPresent()) {
                throw DataverseError.duplicateRecord();
            }
            checkVersion(row, ifMatch);
            Caller caller = application.withTag(query.tag());
            operations.update(row, RowPayload.ofApplication(table, false).read(call), caller);
            counters.wrote(query.tag());
            table.countWrite(row);
            return written(call, query, row, 200);
        }
    }

    Reply delete(Call call, String address) {
        RowQuery query = RowQuery.parse(table, call);
        ContactAddress wanted = ContactAddress.parse(table, address);
        synchronized (table) {
            int row = wanted.row();
            if (row < 0) {
                throw wanted.notFound();
            }
            checkVersion(row, call.header("If-Match"));
            operations.delete(row, application.withTag(query.tag()));
            counters.deleted();
            return Reply.empty(204).with("OData-Version", "4.0");
        }
    }

    /** A PATCH without a condition creates a missing row, which clients must avoid. */
    private Reply upsert(Call call, RowQuery query, ContactAddress wanted, Optional<String> ifMatch) {
        boolean byKeyOnlyIfNew =
                wanted.id().isEmpty() && call.header("If-None-Match").isPresent();
        if (ifMatch.isPresent() || byKeyOnlyIfNew) {
            throw wanted.notFound();
        }
        Map<SimulatedColumn, @Nullable Object> values = wanted.keyValues();
        values.putAll(RowPayload.ofApplication(table, true).read(call));
        return written(call, query, insert(wanted.id().orElseGet(ids::next), values, query), 201);
    }

    private int insert(UUID id, Map<SimulatedColumn, @Nullable Object> values, RowQuery query) {
        int row = operations.create(id, values, application.withTag(query.tag()));
        counters.created(query.tag());
        table.countWrite(row);
        return row;
    }

    private void checkVersion(int row, Optional<String> ifMatch) {
        if (ifMatch.isPresent() && !ifMatch.get().equals("*") && !ifMatch.get().equals(table.etag(row))) {
            throw DataverseError.versionMismatch();
        }
    }

    private Reply written(Call call, RowQuery query, int row, int statusWithRow) {
        String link = json.link(row);
        Reply reply = call.prefers("return=representation")
                ? ContactJson.odata(statusWithRow, represented(call, query, row))
                        .with("Preference-Applied", "return=representation")
                : Reply.empty(204).with("OData-Version", "4.0");
        return reply.with("OData-EntityId", link);
    }

    private ObjectNode represented(Call call, RowQuery query, int row) {
        ObjectNode body = Json.object();
        body.put("@odata.context", json.context(call, query) + "/$entity");
        body.setAll(json.row(row, query.select()));
        return body;
    }
}
