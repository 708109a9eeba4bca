package io.github.consentbridge.mapping.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.consentbridge.mapping.document.AttributeName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The columns in a {@code RemoteExecutionContext}, whose dictionaries are lists of {@code {key, value}}. */
final class WireColumns {
    private final Map<AttributeName, Object> known = new HashMap<>();
    private final Set<AttributeName> empty = new HashSet<>();
    private final Map<AttributeName, String> unreadable = new HashMap<>();

    private WireColumns() {}

    /**
     * The value under a key of a dictionary that is a member of the context; a missing node if it is absent.
     *
     * @throws MalformedDeliveryException if the member is not a dictionary
     */
    static JsonNode item(JsonNode context, String dictionary, String key) throws MalformedDeliveryException {
        for (JsonNode item : items(context.path(dictionary), dictionary)) {
            if (key.equals(WireJson.textOf(item.path("key"), () -> dictionary + "[].key"))) {
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
    static ColumnValues of(JsonNode entity, String name, Set<AttributeName> columns) throws MalformedDeliveryException {
        WireColumns found = new WireColumns();
        found.add(entity, name, columns);
        return found.values();
    }

    /** The columns of all images together: Dynamics adds one with the row's name and id to ours. */
    static ColumnValues ofImages(JsonNode context, String images, Set<AttributeName> columns)
            throws MalformedDeliveryException {
        WireColumns found = new WireColumns();
        for (JsonNode image : items(context.path(images), images)) {
            found.add(WireJson.object(image.path("value"), () -> images + "[].value"), images + "[].value", columns);
        }
        return found.values();
    }

    private void add(JsonNode entity, String name, Set<AttributeName> columns) throws MalformedDeliveryException {
        for (JsonNode attribute : items(entity.path("Attributes"), name + ".Attributes")) {
            @Nullable String key = WireJson.textOf(attribute.path("key"), () -> name + ".Attributes[].key");
            if (key != null && columns.contains(new AttributeName(key))) {
                add(new AttributeName(key), WireValue.of(attribute.path("value")));
            }
        }
    }

    /** The objects in a list; none if it is absent. */
    private static Iterable<JsonNode> items(JsonNode list, String name) throws MalformedDeliveryException {
        if (!list.isArray() && !WireJson.isAbsent(list)) {
            throw WireJson.wrong(name, "is not a list");
        }
        for (JsonNode item : list) {
            if (!item.isObject()) {
                throw WireJson.wrong(name + "[]", "is not an object");
            }
        }
        return list;
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
