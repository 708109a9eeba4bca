package io.github.consentbridge.simulators.entra;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.simulators.http.Json;
import io.github.consentbridge.simulators.http.Reply;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;

/** A refusal in the format of Entra's token endpoint. */
final class EntraError extends RuntimeException {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

    private final int status;
    private final String error;
    private final int code;

    EntraError(int status, String error, int code, String message) {
        super("AADSTS" + code + ": " + message);
        this.status = status;
        this.error = error;
        this.code = code;
    }

    Reply reply(Instant now, UUID trace, UUID correlation, URI url) {
        String timestamp = TIME.format(now);
        ObjectNode body = Json.object();
        body.put("error", error);
        body.put(
                "error_description",
                getMessage() + " Trace ID: " + trace + " Correlation ID: " + correlation + " Timestamp: " + timestamp);
        body.putArray("error_codes").add(code);
        body.put("timestamp", timestamp);
        body.put("trace_id", trace.toString());
        body.put("correlation_id", correlation.toString());
        body.put("error_uri", url + "/error?code=" + code);
        return Reply.json(status, body);
    }
}
