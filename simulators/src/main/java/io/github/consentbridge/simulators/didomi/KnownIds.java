package io.github.consentbridge.simulators.didomi;

import com.fasterxml.jackson.databind.JsonNode;
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

    synchronized void purpose(String id) {
        purposes.computeIfAbsent(id, any -> new TreeMap<>());
    }

    synchronized void preference(String purposeId, String preferenceId, Set<String> valueIds) {
        purposes.computeIfAbsent(purposeId, any -> new TreeMap<>()).put(preferenceId, new TreeSet<>(valueIds));
    }

    synchronized Set<String> purposes() {
        return new TreeSet<>(purposes.keySet());
    }

    /** The preferences of all purposes with the ids of their values. */
    synchronized Map<String, Set<String>> preferences() {
        Map<String, Set<String>> all = new TreeMap<>();
        purposes.values().forEach(all::putAll);
        return all;
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
