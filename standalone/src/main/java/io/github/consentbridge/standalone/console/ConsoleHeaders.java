package io.github.consentbridge.standalone.console;

import io.github.consentbridge.sync.intake.WebhookReply;
import java.util.HashMap;
import java.util.Map;

/** The headers of every answer: nothing is cached, loaded from elsewhere, framed or guessed. */
final class ConsoleHeaders {
    private static final Map<String, String> ALL = Map.of(
            "cache-control", "no-store",
            "x-content-type-options", "nosniff",
            "referrer-policy", "no-referrer",
            "cross-origin-opener-policy", "same-origin",
            "cross-origin-resource-policy", "same-origin",
            "content-security-policy",
                    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
                            + " form-action 'none'; base-uri 'none'; frame-ancestors 'none'");

    private ConsoleHeaders() {}

    /** The same reply with these headers. */
    static WebhookReply on(WebhookReply reply) {
        Map<String, String> headers = new HashMap<>(reply.headers());
        headers.putAll(ALL);
        return new WebhookReply(reply.status(), headers, reply.body());
    }
}
