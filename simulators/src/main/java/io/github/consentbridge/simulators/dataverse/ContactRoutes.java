package io.github.consentbridge.simulators.dataverse;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.simulators.http.Call;
import io.github.consentbridge.simulators.http.Ids;
import io.github.consentbridge.simulators.http.Json;
import io.github.consentbridge.simulators.http.Reply;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reading and writing {@code contacts} over the Web API. */
final class ContactRoutes {
    private final ContactTable table;
    private final ContactSearch search;
    private final DataverseCounters counters;
    private final ContactOperations operations;
    private final Caller application;
    private final Ids ids;
    private final String webApi;

    /** @param webApi {@code http://127.0.0.1:PORT/api/data/v9.2/} */
    ContactRoutes(
            ContactTable table,
            ContactOperations operations,
            DataverseCounters counters,
            Caller application,
            Ids ids,
            String webApi) {
        this.table = table;
        this.search = new ContactSearch(table);
        this.operations = operations;
        this.counters = counters;
        this.application = application;
        this.ids = ids;
        this.webApi = webApi;
    }

    Reply find(Call call) {
        RowQuery query = RowQuery.parse(table, call);
        ObjectNode body = Json.object();
        synchronized (table) {
            ContactSearch.Page page = search.find(query, RowQuery.pageSize(call));
            body.put("@odata.context", webApi + "$metadata#contacts" + selected(call, query));
            if (query.count()) {
                body.put("@odata.count", search.count(query));
            }
            ArrayNode rows = body.putArray("value");
            for (int row : page.rows()) {
                rows.add(json(row, query.select()));
            }
            page.next().ifPresent(position -> body.put("@odata.nextLink", nextLink(call, position)));
        }
        return odata(200, body);
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
            return odata(200, represented(call, query, row));
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

    /** Without a condition a PATCH to nowhere creates: the trap that clients must know. */
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
        String link = webApi + "contacts(" + table.id(row) + ")";
        Reply reply = call.prefers("return=representation")
                ? odata(statusWithRow, represented(call, query, row))
                        .with("Preference-Applied", "return=representation")
                : Reply.empty(204).with("OData-Version", "4.0");
        return reply.with("OData-EntityId", link);
    }

    private ObjectNode represented(Call call, RowQuery query, int row) {
        ObjectNode body = Json.object();
        body.put("@odata.context", webApi + "$metadata#contacts" + selected(call, query) + "/$entity");
        body.setAll(json(row, query.select()));
        return body;
    }

    private ObjectNode json(int row, List<SimulatedColumn> columns) {
        ObjectNode json = Json.object();
        json.put("@odata.etag", table.etag(row));
        for (SimulatedColumn column : columns) {
            json.set(column.propertyName(), Codec.write(column.isSecured() ? null : table.value(row, column)));
        }
        // The primary key comes along, selected or not.
        json.put("contactid", table.id(row).toString());
        return json;
    }

    private static String selected(Call call, RowQuery query) {
        if (!RowQuery.options(call).containsKey("$select")) {
            return "";
        }
        return names(query.select());
    }

    private static String names(Collection<SimulatedColumn> columns) {
        return columns.stream().map(SimulatedColumn::propertyName).collect(Collectors.joining(",", "(", ")"));
    }

    private String nextLink(Call call, String position) {
        Map<String, String> options = new LinkedHashMap<>(RowQuery.options(call));
        options.put("$skiptoken", "<cookie pagenumber=\"2\" pagingcookie=\"" + position + "\" istracking=\"False\" />");
        return webApi + "contacts?"
                + options.entrySet().stream()
                        .map(option -> encode(option.getKey()) + "=" + encode(option.getValue()))
                        .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return java.net.URLEncoder.encode(text, java.nio.charset.StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%24", "$")
                .replace("%40", "@");
    }

    private static Reply odata(int status, ObjectNode body) {
        return Reply.json(status, body)
                .with("Content-Type", "application/json; odata.metadata=minimal")
                .with("OData-Version", "4.0");
    }
}
