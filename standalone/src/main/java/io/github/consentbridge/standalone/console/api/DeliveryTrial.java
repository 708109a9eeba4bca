package io.github.consentbridge.standalone.console.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.connectors.dataverse.DataverseClient;
import io.github.consentbridge.connectors.dataverse.contact.ContactRow;
import io.github.consentbridge.mapping.delivery.MalformedDeliveryException;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.mapping.failure.BridgeException;
import io.github.consentbridge.standalone.console.ConsoleSubject;
import io.github.consentbridge.standalone.map.DeliveryMap;
import io.github.consentbridge.sync.rights.AccessKind;
import io.github.consentbridge.sync.rights.Requester;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Shows what a delivery would change on a contact, and writes nothing. The look at the contact is on the access record. */
public final class DeliveryTrial {
    private static final JsonMapper MAPPER = new JsonMapper();

    private final ConsoleSubject subject;
    private final Clock clock;

    /** What a contact holds now, or why that is not known. */
    private record Contact(
            @Nullable ContactRow row, @Nullable String note) {}

    public DeliveryTrial(ConsoleSubject subject, Clock clock) {
        this.subject = subject;
        this.clock = clock;
    }

    /** {@code {"key","choices":[…],"ignored":[…],"columns":[{"column","before","after","changes","note"}],"sentence"}}. */
    ObjectNode of(ApiRequest request) {
        Integration integration = subject.integration();
        ObjectNode report = map(integration, request);
        String side = report.path("side").asText();
        ArrayNode columns = report.putArray("columns");
        if (!report.path("choices").isEmpty()) {
            Contact contact = contact(integration, report);
            report.path("choices").forEach(choice -> columns.add(column(choice, contact, side)));
        }
        boolean other = !side.equals(request.text("side"));
        return report.put("sentence", other ? "this is a delivery of " + side + ", and was read as one" : null);
    }

    private ObjectNode map(Integration integration, ApiRequest request) {
        try {
            return new DeliveryMap(integration, clock).of(request.text("body"), "trial");
        } catch (MalformedDeliveryException e) {
            throw ApiException.badRequest("this is not a delivery: " + e.getMessage());
        } catch (JsonProcessingException e) {
            throw ApiException.badRequest("this is not a delivery: it is not JSON");
        }
    }

    private Contact contact(Integration integration, ObjectNode report) {
        String key = report.path("key").asText("");
        String keyColumn = integration.contactKey().logicalName();
        if (report.path("key").isNull() || !DataverseClient.isSearchable(keyColumn, key)) {
            return new Contact(null, "no contact can be looked for with this organization user id");
        }
        Set<String> columns = new LinkedHashSet<>();
        report.path("choices")
                .forEach(choice -> columns.add(choice.path("mapping").asText()));
        try {
            subject.onStores(operations -> {
                operations.recordAccess(AccessKind.LOOKED_AT, key, Requester.thisUser(Requester.Means.CONSOLE));
                return true;
            });
            return of(subject.connections().dataverse().findContacts(keyColumn, List.of(key), columns));
        } catch (BridgeException e) {
            return new Contact(null, e.sentence());
        }
    }

    private static Contact of(List<ContactRow> rows) {
        if (rows.isEmpty()) {
            return new Contact(null, "there is no contact with this organization user id");
        }
        return rows.size() > 1
                ? new Contact(null, "several contacts have this organization user id: merge them")
                : new Contact(rows.get(0), null);
    }

    private static ObjectNode column(JsonNode choice, Contact contact, String side) {
        String name = choice.path("mapping").asText();
        JsonNode after = choice.path("column_value");
        JsonNode before = MAPPER.valueToTree(
                contact.row() == null ? null : contact.row().values().get(name));
        boolean known = contact.row() != null;
        String note = contact.note() == null && side.equals("dynamics")
                ? "the choice was made here, and goes to Didomi"
                : contact.note();
        ObjectNode node = MAPPER.createObjectNode().put("column", name);
        node.set("before", before);
        node.set("after", after);
        return node.put("changes", !known || !before.asText().equals(after.asText()))
                .put("note", note);
    }
}
