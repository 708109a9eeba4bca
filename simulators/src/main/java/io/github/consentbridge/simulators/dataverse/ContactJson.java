package io.github.consentbridge.simulators.dataverse;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.simulators.dataverse.column.Codec;
import io.github.consentbridge.simulators.dataverse.column.SimulatedColumn;
import io.github.consentbridge.simulators.dataverse.query.RowQuery;
import io.github.consentbridge.simulators.dataverse.table.ContactTable;
import io.github.consentbridge.simulators.http.Call;
import io.github.consentbridge.simulators.http.Json;
import io.github.consentbridge.simulators.http.Reply;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes contacts and links to them in the Web API's form. */
final class ContactJson {
    private final ContactTable table;
    private final String webApi;

    /** @param webApi {@code http://127.0.0.1:PORT/api/data/v9.2/} */
    ContactJson(ContactTable table, String webApi) {
        this.table = table;
        this.webApi = webApi;
    }

    ObjectNode row(int row, List<SimulatedColumn> columns) {
        ObjectNode json = Json.object();
        json.put("@odata.etag", table.etag(row));
        for (SimulatedColumn column : columns) {
            json.set(column.propertyName(), Codec.write(column.isSecured() ? null : table.value(row, column)));
        }
        // The primary key is always included.
        json.put("contactid", table.id(row).toString());
        return json;
    }

    /** Represents a deleted contact in an answer. */
    ObjectNode deleted(String id) {
        return Json.object()
                .put("@odata.context", webApi + "$metadata#contacts/$deletedEntity")
                .put("id", id)
                .put("reason", "deleted");
    }

    String context(Call call, RowQuery query) {
        boolean selecting = RowQuery.options(call).containsKey("$select");
        return webApi + "$metadata#contacts" + (selecting ? names(query.select()) : "");
    }

    String link(int row) {
        return webApi + "contacts(" + table.id(row) + ")";
    }

    String link(Map<String, String> options) {
        return webApi + "contacts?"
                + options.entrySet().stream()
                        .map(option -> encode(option.getKey()) + "=" + encode(option.getValue()))
                        .collect(Collectors.joining("&"));
    }

    static Reply odata(int status, ObjectNode body) {
        return Reply.json(status, body)
                .with("Content-Type", "application/json; odata.metadata=minimal")
                .with("OData-Version", "4.0");
    }

    private static String names(List<SimulatedColumn> columns) {
        return columns.stream().map(SimulatedColumn::propertyName).collect(Collectors.joining(",", "(", ")"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%24", "$")
                .replace("%40", "@");
    }
}
