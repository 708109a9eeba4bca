package io.github.consentbridge.simulators.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** An answer of a simulated system. Immutable. */
public final class Reply {
    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;
    private final boolean truncated;

    private Reply(int status, Map<String, String> headers, byte[] body, boolean truncated) {
        this.status = status;
        this.headers = headers;
        this.body = body;
        this.truncated = truncated;
    }

    public static Reply empty(int status) {
        return new Reply(status, Map.of(), new byte[0], false);
    }

    public static Reply json(int status, JsonNode body) {
        return new Reply(status, Map.of("Content-Type", "application/json; charset=utf-8"), Json.bytes(body), false);
    }

    public static Reply text(int status, String contentType, String body) {
        return new Reply(status, Map.of("Content-Type", contentType), body.getBytes(StandardCharsets.UTF_8), false);
    }

    public Reply with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Reply(status, more, body, truncated);
    }

    /** The same answer with another body; unchanged if it has no JSON object. */
    Reply edited(Consumer<ObjectNode> edit) {
        if (!(object() instanceof ObjectNode json)) {
            return this;
        }
        edit.accept(json);
        return new Reply(status, headers, Json.bytes(json), truncated);
    }

    /** The same answer, but only half of the body is sent before the connection closes. */
    Reply cutShort() {
        return new Reply(status, headers, body, true);
    }

    public int status() {
        return status;
    }

    public Map<String, String> headers() {
        return Map.copyOf(headers);
    }

    public byte[] body() {
        return body.clone();
    }

    public String bodyText() {
        return new String(body, StandardCharsets.UTF_8);
    }

    boolean isTruncated() {
        return truncated;
    }

    private JsonNode object() {
        try {
            return Json.parse(body);
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }
}
