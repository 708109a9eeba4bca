package io.github.consentbridge.connectors.didomi;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.consentbridge.connectors.didomi.DidomiCatalog.Preference;
import io.github.consentbridge.connectors.didomi.DidomiCatalog.Purpose;
import io.github.consentbridge.connectors.didomi.DidomiCatalog.Value;
import io.github.consentbridge.connectors.http.RemoteResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Reads purposes, preferences and the configuration tree, which says which preference belongs to which purpose. */
final class CatalogReader {
    /** The ids that consents name, the organisation's own first. */
    private static final List<String> NAMESPACES = List.of("custom", "didomi");

    private final DidomiApi api;

    CatalogReader(DidomiApi api) {
        this.api = api;
    }

    DidomiCatalog read() {
        List<JsonNode> purposes = DidomiList.all(api, "/metadata/purposes");
        Map<String, String> consentIds = new LinkedHashMap<>();
        purposes.forEach(purpose -> consentIds.put(purpose.path("id").asText(), consentId(purpose)));
        List<JsonNode> preferences = ifOffered(() -> DidomiList.all(api, "/preferences"));
        List<JsonNode> trees = preferences.isEmpty()
                ? List.of()
                : ifOffered(() -> api.get("/config-trees", Map.of(), CatalogReader::trees));
        Map<String, Set<String>> purposesOf = purposesOf(trees, consentIds);
        return new DidomiCatalog(
                purposes.stream()
                        .map(purpose -> new Purpose(consentId(purpose), names(purpose)))
                        .toList(),
                preferences.stream()
                        .map(preference -> preference(
                                preference,
                                purposesOf.getOrDefault(preference.path("id").asText(), Set.of())))
                        .toList());
    }

    /** An organisation without the Preference Management Platform, or a key that may not read it. */
    private static List<JsonNode> ifOffered(Supplier<List<JsonNode>> list) {
        try {
            return list.get();
        } catch (DidomiException e) {
            if (e.status() == 403 || e.status() == 404) {
                return List.of();
            }
            throw e;
        }
    }

    private static String consentId(JsonNode purpose) {
        JsonNode namespaces = purpose.path("namespaces");
        for (String namespace : NAMESPACES) {
            String id = namespaces.path(namespace).asText("");
            if (!id.isEmpty()) {
                return id;
            }
        }
        for (JsonNode id : namespaces) {
            if (!id.asText("").isEmpty()) {
                return id.asText();
            }
        }
        return purpose.path("id").asText();
    }

    private static Preference preference(JsonNode preference, Set<String> purposes) {
        List<Value> values = new ArrayList<>();
        for (JsonNode value : preference.path("values")) {
            values.add(new Value(value.path("id").asText(), names(value)));
        }
        return new Preference(
                preference.path("id").asText(),
                names(preference),
                preference.path("type").asText().equals("multi"),
                values,
                List.copyOf(purposes));
    }

    /** Names in all languages, or one text. */
    private static List<String> names(JsonNode entity) {
        JsonNode name = entity.path("name");
        Set<String> names = new LinkedHashSet<>();
        names.add(name.path("en").asText(""));
        names.add(name.asText(""));
        name.forEach(each -> names.add(each.asText("")));
        names.remove("");
        return List.copyOf(names);
    }

    /** The tree is unique, and comes in an array. */
    private static List<JsonNode> trees(RemoteResponse response) {
        if (!response.isSuccess()) {
            throw DidomiException.from(response);
        }
        JsonNode answer = DidomiJson.tryRead(response.body());
        JsonNode trees = answer.isObject() ? answer.path("data") : answer;
        if (!trees.isArray()) {
            throw DidomiException.unreadable(response, "it is not an array of configuration trees");
        }
        List<JsonNode> found = new ArrayList<>();
        trees.forEach(found::add);
        return found;
    }

    private static Map<String, Set<String>> purposesOf(List<JsonNode> trees, Map<String, String> consentIds) {
        Map<String, Set<String>> purposes = new LinkedHashMap<>();
        for (JsonNode tree : trees) {
            for (JsonNode selected : tree.path("selected_purposes")) {
                String id = id(selected, "purpose");
                collect(selected, consentIds.getOrDefault(id, id), purposes);
            }
        }
        return purposes;
    }

    /** A value may open further preferences: they hang below, and belong to the same purpose. */
    private static void collect(JsonNode parent, String purpose, Map<String, Set<String>> purposes) {
        for (JsonNode selected : parent.path("selected_preferences")) {
            purposes.computeIfAbsent(id(selected, "preference"), any -> new LinkedHashSet<>())
                    .add(purpose);
            collect(selected, purpose, purposes);
            selected.path("preference").path("values").forEach(value -> collect(value, purpose, purposes));
        }
    }

    private static String id(JsonNode selected, String kind) {
        String id = selected.path(kind).path("id").asText("");
        return id.isEmpty() ? selected.path(kind + "_id").asText("") : id;
    }
}
