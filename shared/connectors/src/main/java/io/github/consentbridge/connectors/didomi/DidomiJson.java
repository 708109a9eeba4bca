package io.github.consentbridge.connectors.didomi;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.consentbridge.connectors.http.RemoteResponse;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads and writes Didomi's JSON. */
final class DidomiJson {
    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(64).build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private DidomiJson() {}

    /** The body's JSON, or a missing node. */
    static JsonNode tryRead(byte[] body) {
        try {
            JsonNode node = MAPPER.readTree(body);
            return node == null ? MissingNode.getInstance() : node;
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    /** The object in a 2xx answer. */
    static JsonNode object(RemoteResponse response) {
        if (!response.isSuccess()) {
            throw DidomiException.from(response);
        }
        JsonNode node = tryRead(response.body());
        if (!node.isObject()) {
            throw DidomiException.unreadable(response, "it is not a JSON object");
        }
        return node;
    }

    /** The elements of {@code data} in a 2xx answer, all of them objects. */
    static List<JsonNode> data(RemoteResponse response) {
        JsonNode data = object(response).path("data");
        if (!data.isArray()) {
            throw DidomiException.unreadable(response, "it has no array named data");
        }
        List<JsonNode> elements = new ArrayList<>(data.size());
        for (JsonNode element : data) {
            if (element.path("id").asText("").isEmpty()) {
                throw DidomiException.unreadable(response, "an element of data has no id");
            }
            elements.add(element);
        }
        return elements;
    }

    /** The cursor of the next page; null on the last one. */
    static @Nullable String cursor(RemoteResponse response) {
        JsonNode cursor = object(response).path("cursor");
        if (cursor.isContainerNode() || cursor.isBoolean()) {
            throw DidomiException.unreadable(response, "its cursor is not a string");
        }
        return cursor.isNull() || cursor.asText("").isEmpty() ? null : cursor.asText();
    }

    static DidomiUser user(JsonNode user) {
        return new DidomiUser(
                user.path("id").asText(),
                user.path("organization_user_id").textValue(),
                user.path("version").asLong(-1),
                instant(user.path("created_at").textValue()),
                instant(user.path("updated_at").textValue()),
                user.toString());
    }

    static String object(Map<String, String> fields) {
        try {
            return MAPPER.writeValueAsString(fields);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a value cannot be written as JSON");
        }
    }

    private static @Nullable Instant instant(@Nullable String text) {
        try {
            return text == null ? null : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }
}
