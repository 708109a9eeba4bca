package io.github.consentbridge.sync.intake.token;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.consentbridge.mapping.json.JsonTree;
import java.io.IOException;
import java.net.URLDecoder;
import java.util.HashMap;
import java.util.Map;

/** The fields of a token request, which is a form or a JSON object, whatever its content type says. */
final class TokenFields {
    /** A request comes from an unknown sender, so no more is read than an honest one can have. */
    private static final int MAX_CHARACTERS = 10_000;

    private static final int MAX_DEPTH = 10;

    private static final JsonFactory STRICT = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private TokenFields() {}

    /** The fields by name; none where the body is neither, has a field twice or is far too long. */
    static Map<String, String> read(String body) {
        String text = body.strip();
        if (text.length() > MAX_CHARACTERS) {
            return Map.of();
        }
        try {
            return text.startsWith("{") ? fromJson(text) : fromForm(text);
        } catch (IOException | IllegalArgumentException e) {
            // Both messages quote the body, which holds a secret: they must not be logged.
            return Map.of();
        }
    }

    private static Map<String, String> fromJson(String text) throws IOException {
        JsonNode object;
        try (JsonParser parser = STRICT.createParser(text)) {
            object = JsonTree.read(parser);
        }
        Map<String, String> fields = new HashMap<>();
        object.properties().forEach(field -> {
            if (field.getValue().isTextual()) {
                fields.put(field.getKey(), field.getValue().textValue());
            }
        });
        return fields;
    }

    private static Map<String, String> fromForm(String text) {
        Map<String, String> fields = new HashMap<>();
        for (String field : text.split("&", -1)) {
            int equals = field.indexOf('=');
            String name = URLDecoder.decode(equals < 0 ? field : field.substring(0, equals), UTF_8);
            String value = equals < 0 ? "" : URLDecoder.decode(field.substring(equals + 1), UTF_8);
            if (fields.put(name, value) != null) {
                throw new IllegalArgumentException("a field is there twice");
            }
        }
        return fields;
    }
}
