package io.github.consentbridge.connectors.dataverse.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.consentbridge.connectors.http.RemoteResponse;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads and writes Dataverse's JSON. */
public final class DataverseJson {
    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(64).build())
                    // ASCII is independent of the charset and preserves unpaired surrogates.
                    .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    private DataverseJson() {}

    /** The object in a 2xx answer. */
    public static JsonNode object(RemoteResponse response) {
        if (!response.isSuccess()) {
            throw DataverseException.from(response);
        }
        JsonNode node = tryRead(response.body());
        if (!node.isObject()) {
            throw DataverseException.unreadable(response, "it is not a JSON object");
        }
        return node;
    }

    /** The array {@code value} in a 2xx answer. */
    public static JsonNode rows(RemoteResponse response) {
        JsonNode value = object(response).path("value");
        if (!value.isArray()) {
            throw DataverseException.unreadable(response, "it has no array named value");
        }
        return value;
    }

    /** The body's JSON, or a missing node. */
    static JsonNode tryRead(byte[] body) {
        try {
            JsonNode node = MAPPER.readTree(body);
            return node == null ? MissingNode.getInstance() : node;
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    /** A string as JSON, in double quotes; letters are not escaped. */
    public static String quoted(String text) {
        return '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }

    public static String columns(Map<String, ? extends @Nullable Object> values) {
        try {
            return MAPPER.writeValueAsString(values);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a value cannot be written as JSON");
        }
    }
}
