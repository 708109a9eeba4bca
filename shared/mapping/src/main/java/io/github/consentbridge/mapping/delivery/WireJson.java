package io.github.consentbridge.mapping.delivery;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.consentbridge.mapping.json.JsonTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Reads the JSON of webhook bodies within bounds. */
final class WireJson {
    /** Deeper than any body that either sender documents. */
    static final int MAX_DEPTH = 64;

    private static final JsonFactory BOUNDED = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build();

    private WireJson() {}

    static JsonNode object(String body) throws MalformedDeliveryException {
        JsonNode node;
        try (JsonParser parser = BOUNDED.createParser(body.startsWith("\uFEFF") ? body.substring(1) : body)) {
            node = JsonTree.read(parser);
        } catch (IOException e) {
            // Jackson's own message quotes the body.
            throw new MalformedDeliveryException("the body is not JSON, or is nested deeper than " + MAX_DEPTH);
        }
        if (!node.isObject()) {
            throw new MalformedDeliveryException("the body is not a JSON object");
        }
        if (body.contains("\\u") && !StandardCharsets.UTF_8.newEncoder().canEncode(JsonTree.write(node))) {
            // Encoding would replace it by a question mark, and a person's id would become another person's.
            throw new MalformedDeliveryException("contains an unpaired surrogate (`\\ud83d`)");
        }
        return node;
    }

    static JsonNode objectIn(JsonNode parent, String name) throws MalformedDeliveryException {
        JsonNode child = parent.path(name);
        if (!child.isObject()) {
            throw new MalformedDeliveryException("`" + name + "` is missing or not an object");
        }
        return child;
    }

    static String textIn(JsonNode parent, String name) throws MalformedDeliveryException {
        @Nullable String text = optionalText(parent, name);
        if (text == null) {
            throw new MalformedDeliveryException("`" + name + "` is missing or not a string");
        }
        return text;
    }

    static @Nullable String optionalText(JsonNode parent, String name) {
        JsonNode child = parent.path(name);
        return child.isTextual() && !child.textValue().isEmpty() ? child.textValue() : null;
    }

    static Instant timeIn(JsonNode parent, String name) throws MalformedDeliveryException {
        @Nullable Instant time = optionalTime(parent, name);
        if (time == null) {
            throw new MalformedDeliveryException("`" + name + "` is missing");
        }
        return time;
    }

    static @Nullable Instant optionalTime(JsonNode parent, String name) throws MalformedDeliveryException {
        @Nullable String text = optionalText(parent, name);
        if (text == null) {
            return null;
        }
        try {
            return text.endsWith("Z")
                    ? Instant.parse(text)
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new MalformedDeliveryException("`" + name + "` is not an ISO 8601 time with an offset");
        }
    }
}
