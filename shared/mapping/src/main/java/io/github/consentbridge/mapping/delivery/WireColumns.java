package io.github.consentbridge.mapping.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.consentbridge.mapping.document.AttributeName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The columns in a {@code RemoteExecutionContext}, whose dictionaries are lists of {@code {key, value}}. */
final class WireColumns {
    private final Map<AttributeName, Object> known = new HashMap<>();
    private final Set<AttributeName> empty = new HashSet<>();
    private final Map<AttributeName, String> unreadable = new HashMap<>();

    private WireColumns() {}

    /** The value under a key of a dictionary; a missing node if the key is absent. */
    static JsonNode item(JsonNode dictionary, String key) {
        for (JsonNode item : dictionary) {
            if (key.equals(item.path("key").textValue())) {
                return item.path("value");
            }
        }
        return MissingNode.getInstance();
    }

    /** Whether this is an entity with its columns, neither a reference nor stripped. */
    static boolean hasColumns(JsonNode entity) {
        return entity.path("Attributes").isArray();
    }

    /** The columns of an entity; none if it is missing. */
    static ColumnValues of(JsonNode entity, Set<AttributeName> columns) {
        WireColumns found = new WireColumns();
        found.add(entity, columns);
        return found.values();
    }

    /** The columns of all images together: Dynamics adds one with the row's name and id to ours. */
    static ColumnValues ofImages(JsonNode images, Set<AttributeName> columns) {
        WireColumns found = new WireColumns();
        for (JsonNode image : images) {
            found.add(image.path("value"), columns);
        }
        return found.values();
    }

    private void add(JsonNode entity, Set<AttributeName> columns) {
        for (JsonNode attribute : entity.path("Attributes")) {
            AttributeName column = new AttributeName(attribute.path("key").asText(""));
            if (columns.contains(column)) {
                add(column, WireValue.of(attribute.path("value")));
            }
        }
    }

    private void add(AttributeName column, WireValue value) {
        if (value.unknownType() != null) {
            unreadable.put(column, value.unknownType());
        } else if (value.value() != null) {
            known.put(column, value.value());
        } else {
            empty.add(column);
        }
    }

    private ColumnValues values() {
        return new ColumnValues(known, empty, unreadable);
    }
}
