package io.github.consentbridge.simulators.didomi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.simulators.http.Json;
import java.util.List;
import java.util.Set;

/** Merges partial consents into a full state: purposes, preferences and channels by id, values by preference. */
final class ConsentState {
    private static final Set<String> LISTS_BY_ID = Set.of("purposes", "preferences", "channels");

    private final ObjectNode state = Json.object();

    ConsentState() {
        state.putArray("purposes");
        ObjectNode vendors = state.putObject("vendors");
        for (String list : List.of("enabled", "disabled")) {
            vendors.putArray(list);
        }
    }

    void apply(JsonNode consents) {
        merge(state, consents);
    }

    ObjectNode json() {
        return state;
    }

    private static void merge(ObjectNode held, JsonNode given) {
        given.properties().forEach(property -> {
            String name = property.getKey();
            JsonNode value = property.getValue();
            if (LISTS_BY_ID.contains(name) && value.isArray()) {
                mergeById(held.withArray("/" + name), value);
            } else if (value.isObject() && held.path(name).isObject()) {
                merge((ObjectNode) held.get(name), value);
            } else if (!value.isNull() || !held.has(name)) {
                // An explicit null means "no choice" and does not revoke an earlier choice.
                held.set(name, value.deepCopy());
            }
        });
    }

    private static void mergeById(ArrayNode held, JsonNode given) {
        for (JsonNode item : given) {
            ObjectNode target = null;
            for (JsonNode candidate : held) {
                if (candidate.path("id").equals(item.path("id"))) {
                    target = (ObjectNode) candidate;
                }
            }
            merge(target == null ? held.addObject() : target, item);
        }
    }
}
