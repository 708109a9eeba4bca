package io.github.consentbridge.simulators.dataverse;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.consentbridge.simulators.http.Json;
import java.util.ArrayList;
import java.util.List;

/** Reads a {@code RemoteExecutionContext}, whose dictionaries are lists of keys and values. */
record Context(JsonNode root) {
    static Context of(DataverseDelivery delivery) {
        return of(delivery.body());
    }

    static Context of(String body) {
        try {
            return new Context(Json.parse(body));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    JsonNode target() {
        return value(root.path("InputParameters"), "Target");
    }

    JsonNode attribute(String column) {
        return value(target().path("Attributes"), column);
    }

    JsonNode image(String list, String alias) {
        return value(root.path(list), alias);
    }

    JsonNode imageAttribute(String list, String alias, String column) {
        return value(image(list, alias).path("Attributes"), column);
    }

    String sharedVariable(String name) {
        return value(root.path("SharedVariables"), name).asText();
    }

    static List<String> keys(JsonNode dictionary) {
        List<String> keys = new ArrayList<>();
        dictionary.forEach(pair -> keys.add(pair.path("key").asText()));
        return keys;
    }

    static JsonNode value(JsonNode dictionary, String key) {
        for (JsonNode pair : dictionary) {
            if (pair.path("key").asText().equals(key)) {
                return pair.path("value");
            }
        }
        assertThat(keys(dictionary)).contains(key);
        throw new AssertionError(key);
    }
}
