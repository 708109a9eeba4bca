package io.github.consentbridge.standalone.host;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The answer to {@code GET /health}.
 *
 * @param status 200, or 503 if deliveries cannot be accepted
 * @param body not to be changed
 */
public record HealthReport(int status, JsonNode body) {
    public String json() {
        return body.toString();
    }
}
