package io.github.consentbridge.connectors.dataverse.contact;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.consentbridge.connectors.dataverse.api.ContactColumns;
import io.github.consentbridge.connectors.dataverse.api.DataverseException;
import io.github.consentbridge.connectors.dataverse.api.DataverseJson;
import io.github.consentbridge.connectors.http.RemoteResponse;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads a page of contacts. The page is unreadable if a row lacks what every row has, or if a link is malformed. */
public final class ContactReader {
    private final Collection<String> columns;

    public ContactReader(Collection<String> columns) {
        this.columns = columns;
    }

    public ContactPage read(RemoteResponse response) {
        JsonNode page = DataverseJson.object(response);
        JsonNode value = DataverseJson.rows(response);
        List<ContactRow> rows = new ArrayList<>(value.size());
        List<UUID> deleted = new ArrayList<>();
        for (JsonNode element : value) {
            try {
                if (isDeleted(element)) {
                    deleted.add(UUID.fromString(text(element, "id")));
                } else {
                    rows.add(row(element));
                }
            } catch (IllegalArgumentException | DateTimeParseException e) {
                throw DataverseException.unreadable(response, "a contact lacks its id, etag or modification time");
            }
        }
        return new ContactPage(
                rows, deleted, link(response, page, "@odata.nextLink"), link(response, page, "@odata.deltaLink"));
    }

    /** {@code {"@odata.context":"…$deletedEntity","id":"…","reason":"deleted"}} is a deleted contact. */
    private static boolean isDeleted(JsonNode element) {
        return element.path("@odata.context").asText("").endsWith("/$deletedEntity")
                && text(element, "reason").equals("deleted");
    }

    /** An unreadable link does not mean the last page. */
    private static @Nullable String link(RemoteResponse response, JsonNode page, String name) {
        JsonNode link = page.path(name);
        if (link.isMissingNode() || link.isNull()) {
            return null;
        } else if (!link.isTextual()) {
            throw DataverseException.unreadable(response, name + " is not a string");
        }
        return link.textValue();
    }

    private ContactRow row(JsonNode row) {
        JsonNode state = row.path(ContactColumns.STATE);
        return new ContactRow(
                UUID.fromString(text(row, ContactColumns.ID)),
                text(row, "@odata.etag"),
                OffsetDateTime.parse(text(row, ContactColumns.MODIFIED_ON)).toInstant(),
                row.path(ContactColumns.VERSION).asLong(-1),
                state.asInt(0) == 0,
                values(row));
    }

    private Map<String, Object> values(JsonNode row) {
        Map<String, Object> values = new HashMap<>();
        for (String column : columns) {
            Object value = plain(row.path(column));
            if (value != null) {
                values.put(column, value);
            }
        }
        return values;
    }

    /** A value in the form of {@link ContactRow#values()}; null if empty. */
    public static @Nullable Object plain(JsonNode node) {
        if (node.isTextual()) {
            return node.textValue();
        }
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        if (node.isNumber()) {
            return node.isIntegralNumber() && node.canConvertToLong() ? node.numberValue() : node.decimalValue();
        }
        return null;
    }

    private static String text(JsonNode row, String name) {
        String text = row.path(name).textValue();
        if (text == null) {
            throw new IllegalArgumentException(name);
        }
        return text;
    }
}
