package io.github.consentbridge.mapping.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Parses a JSON text strictly. Messages give positions and never content, which may be secret. */
final class JsonDocument {
    private JsonDocument() {}

    /**
     * Reads the whole text.
     *
     * @param problems receives keys that occur twice in one object; the last one counts
     * @throws ConfigurationException if this is not one JSON value
     */
    static JsonNode read(byte[] json, List<Problem> problems) {
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            return read(json, parser, problems);
        } catch (IOException notText) {
            throw refused("this is not UTF-8 text: save the file as UTF-8");
        }
    }

    private static JsonNode read(byte[] json, JsonParser parser, List<Problem> problems) throws IOException {
        try {
            if (parser.nextToken() == null) {
                throw refused("the document is empty: write a JSON object");
            }
            findDuplicates(parser, problems);
            if (parser.nextToken() != null) {
                throw refused("there is text after the end of the document at " + place(parser.currentTokenLocation())
                        + ": remove it");
            }
            return JsonTree.read(json);
        } catch (JsonProcessingException notJson) {
            JsonLocation location = notJson.getLocation();
            throw refused(
                    "this is not JSON: correct it at " + place(location == null ? parser.currentLocation() : location));
        }
    }

    private static void findDuplicates(JsonParser parser, List<Problem> problems) throws IOException {
        Deque<Set<String>> keys = new ArrayDeque<>();
        int depth = 0;
        do {
            JsonToken token = parser.currentToken();
            if (token.isStructStart()) {
                depth++;
                keys.push(new HashSet<>());
            } else if (token.isStructEnd()) {
                depth--;
                keys.pop();
            } else if (token == JsonToken.FIELD_NAME && !keys.element().add(parser.currentName())) {
                problems.add(new Problem(
                        parser.getParsingContext().pathAsPointer().toString(),
                        "this key occurs twice in its object, the second time at %s: keep one"
                                .formatted(place(parser.currentTokenLocation()))));
            }
        } while (depth > 0 && parser.nextToken() != null);
    }

    private static String place(JsonLocation location) {
        return "line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
    }

    private static ConfigurationException refused(String message) {
        return new ConfigurationException(List.of(new Problem("", message)));
    }
}
