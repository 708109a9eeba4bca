package io.github.consentbridge.simulators.dataverse.registration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.simulators.dataverse.column.RowPayload;
import io.github.consentbridge.simulators.dataverse.query.Condition;
import io.github.consentbridge.simulators.dataverse.query.FilterParser;
import io.github.consentbridge.simulators.http.Json;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Registers a webhook as an administrator would, without the Web API. */
public final class WebhookSetup {
    private final Registration registration;

    public WebhookSetup(Registration registration) {
        this.registration = registration;
    }

    /** Registers Create, Update and Delete of contact with images of the columns; returns the endpoint's id. */
    public UUID register(URI url, Map<String, String> headers, List<String> columns) {
        UUID endpoint = create(RegistrationColumns.ENDPOINT, endpoint(url, headers));
        for (String message : List.of("Create", "Update", "Delete")) {
            UUID step = create(RegistrationColumns.STEP, step(endpoint, message, columns));
            if (!message.equals("Create")) {
                create(RegistrationColumns.IMAGE, image(step, message, 0, columns));
            }
            if (!message.equals("Delete")) {
                create(RegistrationColumns.IMAGE, image(step, message, 1, columns));
            }
        }
        return endpoint;
    }

    private static ObjectNode endpoint(URI url, Map<String, String> headers) {
        StringBuilder settings = new StringBuilder("<settings>");
        headers.forEach((name, value) -> settings.append("<setting name=\"")
                .append(escaped(name))
                .append("\" value=\"")
                .append(escaped(value))
                .append("\" />"));
        return Json.object()
                .put("name", "webhook " + url)
                .put("url", url.toString())
                .put("contract", 8)
                .put("authtype", 5)
                .put("authvalue", settings.append("</settings>").toString());
    }

    private ObjectNode step(UUID endpoint, String message, List<String> columns) {
        ObjectNode step = Json.object()
                .put("name", message + " of contact")
                .put("mode", 1)
                .put("stage", 40)
                .put("sdkmessageid@odata.bind", "/sdkmessages(" + message(message) + ")")
                .put("sdkmessagefilterid@odata.bind", "/sdkmessagefilters(" + filter(message) + ")")
                .put("eventhandler_serviceendpoint@odata.bind", "/serviceendpoints(" + endpoint + ")");
        return message.equals("Update") ? step.put("filteringattributes", String.join(",", columns)) : step;
    }

    private static ObjectNode image(UUID step, String message, int type, List<String> columns) {
        return Json.object()
                .put("entityalias", type == 0 ? "pre" : "post")
                .put("imagetype", type)
                .put("messagepropertyname", message.equals("Create") ? "Id" : "Target")
                .put("attributes", String.join(",", columns))
                .put("sdkmessageprocessingstepid@odata.bind", "/sdkmessageprocessingsteps(" + step + ")");
    }

    private UUID create(String logicalName, ObjectNode body) {
        SystemTable table = registration.table(logicalName);
        int row = registration.create(
                table, Optional.empty(), RowPayload.ofApplication(table, true).read(body));
        return table.id(row);
    }

    private UUID message(String name) {
        SystemTable messages = registration.table(RegistrationColumns.MESSAGE);
        return first(messages, "name eq '" + name + "'");
    }

    private UUID filter(String message) {
        SystemTable filters = registration.table(RegistrationColumns.FILTER);
        return first(filters, "primaryobjecttypecode eq 'contact' and sdkmessageid/name eq '" + message + "'");
    }

    private static UUID first(SystemTable table, String filter) {
        Condition condition = FilterParser.parse(table, filter, Map.of());
        return table.id(table.live()
                .filter(row -> condition.holds(table, row))
                .findFirst()
                .orElseThrow());
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }
}
