package io.github.consentbridge.mapping.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * Undoes Didomi's "flatten" option, which sends an entity as one level of keys joined by two underscores ({@code
 * entity__consents__purposes__0__enabled}). Other bodies are returned unchanged.
 */
final class FlattenedBody {
    private static final String SEPARATOR = "__";

    private FlattenedBody() {}

    /** @throws MalformedDeliveryException if the result would be nested too deeply */
    static JsonNode restore(JsonNode body) throws MalformedDeliveryException {
        ObjectNode restored = nested(body);
        if (restored.path("entity").isObject() && !restored.has("parameters")) {
            restored.putObject("parameters").set("entity", restored.get("entity"));
        }
        return restored;
    }

    private static ObjectNode nested(JsonNode object) throws MalformedDeliveryException {
        ObjectNode nested = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            JsonNode value = field.getValue().isObject() && isFlat(field.getValue())
                    ? nested(field.getValue())
                    : field.getValue();
            put(nested, field.getKey(), value, 0);
        }
        return nested;
    }

    private static boolean isFlat(JsonNode object) {
        return object.properties().stream()
                .anyMatch(field -> field.getKey().contains(SEPARATOR)
                        || (field.getValue().isObject()
                                && field.getKey().equals("entity")
                                && isFlat(field.getValue())));
    }

    private static void put(ObjectNode target, String key, JsonNode value, int depth)
            throws MalformedDeliveryException {
        if (depth == WireJson.MAX_DEPTH) {
            throw new MalformedDeliveryException("a flattened key is nested deeper than " + WireJson.MAX_DEPTH);
        }
        int end = key.indexOf(SEPARATOR);
        if (end <= 0 || end + SEPARATOR.length() == key.length()) {
            target.set(key, value);
            return;
        }
        String first = key.substring(0, end);
        JsonNode child = target.path(first);
        ObjectNode parent = child.isObject() ? (ObjectNode) child : target.putObject(first);
        put(parent, key.substring(end + SEPARATOR.length()), value, depth + 1);
    }
}
