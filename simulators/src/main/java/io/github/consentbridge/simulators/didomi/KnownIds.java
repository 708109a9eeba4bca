package io.github.consentbridge.simulators.didomi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.simulators.http.Json;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The organization's purposes, preferences and values. If none is defined, every id is accepted (API v1); otherwise
 * only the defined ones are (API v2). The form of consents is always checked.
 */
final class KnownIds {
    private final Map<String, Map<String, Set<String>>> purposes = new TreeMap<>();
    private final Map<String, String> names = new HashMap<>();
    private final Set<String> single = new HashSet<>();

    synchronized void purpose(String id) {
        purposes.computeIfAbsent(id, any -> new TreeMap<>());
    }

    synchronized void preference(String purposeId, String preferenceId, Set<String> valueIds) {
        purposes.computeIfAbsent(purposeId, any -> new TreeMap<>()).put(preferenceId, new TreeSet<>(valueIds));
    }

    /** What people read instead of an id of a purpose, a preference or a value. */
    synchronized void name(String id, String name) {
        names.put(id, name);
    }

    /** Of this preference, only one value can be chosen. */
    synchronized void single(String preferenceId) {
        single.add(preferenceId);
    }

    /** {@code /metadata/purposes}: a purpose's own id is another one than consents name. */
    synchronized ObjectNode purposeList(String organizationId) {
        ObjectNode answer = Json.object();
        ArrayNode data = answer.putArray("data");
        purposes.keySet().forEach(id -> data.add(purpose(id, organizationId)));
        return paged(answer, data);
    }

    private ObjectNode purpose(String id, String organizationId) {
        ObjectNode purpose = Json.object();
        purpose.put("id", id + "-metadata").put("organization_id", organizationId);
        purpose.putObject("name").put("en", nameOf(id));
        purpose.putObject("namespaces").put("custom", id);
        return purpose;
    }

    /** {@code /preferences}. */
    synchronized ObjectNode preferenceList(String organizationId) {
        Map<String, Set<String>> all = new TreeMap<>();
        purposes.values().forEach(all::putAll);
        ObjectNode answer = Json.object();
        ArrayNode data = answer.putArray("data");
        all.forEach((id, values) -> data.add(preference(id, values, organizationId)));
        return paged(answer, data);
    }

    private ObjectNode preference(String id, Set<String> values, String organizationId) {
        ObjectNode preference = Json.object();
        preference
                .put("id", id)
                .put("organization_id", organizationId)
                .put("type", single.contains(id) ? "single" : "multi");
        preference.putObject("name").put("en", nameOf(id));
        ArrayNode list = preference.putArray("values");
        values.forEach(
                value -> list.addObject().put("id", value).putObject("name").put("en", nameOf(value)));
        return preference;
    }

    /** {@code /config-trees}: an array with the one tree of the organization. */
    synchronized ArrayNode trees(String organizationId) {
        ArrayNode trees = Json.object().putArray("trees");
        ArrayNode selected = trees.addObject()
                .put("id", "tree")
                .put("organization_id", organizationId)
                .putArray("selected_purposes");
        purposes.forEach((id, preferences) -> {
            ObjectNode purpose = selected.addObject().put("id", "selected-" + id);
            purpose.putObject("purpose").put("id", id + "-metadata").put("organization_id", organizationId);
            purpose.put("purpose_id", id + "-metadata").put("configuration_tree_id", "tree");
            ArrayNode children = purpose.putArray("selected_preferences");
            preferences.forEach((preferenceId, values) -> children.addObject()
                    .put("id", "selected-" + id + "-" + preferenceId)
                    .put("parent_selected_purpose_id", "selected-" + id)
                    .put("configuration_tree_id", "tree")
                    .set("preference", preference(preferenceId, values, organizationId)));
        });
        return trees;
    }

    private static ObjectNode paged(ObjectNode answer, ArrayNode data) {
        return answer.put("total", data.size()).put("limit", 100).put("skip", 0);
    }

    private String nameOf(String id) {
        return names.getOrDefault(id, id);
    }

    /** @throws DidomiError 400 for a wrong form or an unknown id */
    synchronized void check(JsonNode consents) {
        if (!consents.isObject()) {
            throw DidomiError.badRequest("'consents' is required and must be an object");
        } else if (consents.has("purposes") && !consents.get("purposes").isArray()) {
            throw DidomiError.badRequest("'consents.purposes' must be an array");
        }
        for (JsonNode purpose : consents.path("purposes")) {
            if (!purpose.path("id").isTextual()) {
                throw DidomiError.badRequest("'consents.purposes[].id' is required");
            }
            JsonNode enabled = purpose.path("enabled");
            if (!enabled.isMissingNode() && !enabled.isNull() && !enabled.isBoolean()) {
                throw DidomiError.badRequest("'consents.purposes[].enabled' must be true, false or null");
            }
            checkPurpose(purpose, purpose.get("id").textValue());
        }
    }

    private void checkPurpose(JsonNode purpose, String id) {
        if (!purposes.isEmpty() && !purposes.containsKey(id)) {
            throw DidomiError.badRequest("Unknown purpose '" + id + "'");
        }
        purpose.path("values").properties().forEach(preference -> {
            JsonNode value = preference.getValue().path("value");
            if (!value.isTextual()) {
                throw DidomiError.badRequest("'values." + preference.getKey() + ".value' must be a text");
            } else if (!purposes.isEmpty()) {
                checkValues(id, preference.getKey(), value.textValue());
            }
        });
    }

    private void checkValues(String purposeId, String preferenceId, String values) {
        Set<String> known = purposes.getOrDefault(purposeId, Map.of()).get(preferenceId);
        if (known == null) {
            throw DidomiError.badRequest("Unknown preference '" + preferenceId + "' of purpose '" + purposeId + "'");
        }
        for (String value : values.split(",", -1)) {
            if (!known.contains(value)) {
                throw DidomiError.badRequest("Unknown value '" + value + "' of preference '" + preferenceId + "'");
            }
        }
    }
}
