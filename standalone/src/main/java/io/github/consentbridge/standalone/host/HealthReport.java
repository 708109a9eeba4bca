package io.github.consentbridge.standalone.host;

/**
 * The answer to {@code GET /health}.
 *
 * @param status 200, or 503 if deliveries cannot be accepted
 * @param json the body
 */
public record HealthReport(int status, String json) {}
