package io.github.consentbridge.standalone.console.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.consentbridge.sync.intake.WebhookReply;
import java.util.Map;

/** What an API route answers. */
final class ApiAnswer {
    private ApiAnswer() {}

    static WebhookReply ok(JsonNode body) {
        return WebhookReply.json(200, body.toString());
    }

    static WebhookReply accepted(JsonNode body) {
        return WebhookReply.json(202, body.toString());
    }

    /**
     * A file to be saved.
     *
     * @param name without personal data
     */
    static WebhookReply file(String name, String type, String text) {
        return new WebhookReply(
                200,
                Map.of("content-type", type, "content-disposition", "attachment; filename=\"" + name + "\""),
                text);
    }
}
