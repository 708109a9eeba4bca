package io.github.consentbridge.connectors.dataverse.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.consentbridge.connectors.http.RemoteResponse;
import java.util.Locale;

/** {@code {"error":{"code":"0x80060882","message":"…"}}}; both are empty if the body has another form. */
record ErrorBody(String code, String message) {
    private static final int MAX_MESSAGE = 500;

    static ErrorBody of(RemoteResponse response) {
        JsonNode error = DataverseJson.tryRead(response.body()).path("error");
        String code = error.path("code").asText("");
        String message = error.path("message").asText("");
        return new ErrorBody(
                code.matches("[A-Za-z0-9_.-]{1,64}") ? normal(code) : "",
                message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE));
    }

    private static String normal(String code) {
        return code.regionMatches(true, 0, "0x", 0, 2) ? code.toLowerCase(Locale.ROOT) : code;
    }
}
