package io.github.consentbridge.sync.intake;

import java.util.HashMap;
import java.util.Map;

/**
 * The reply to a webhook request, for the host to render.
 *
 * @param headers values by names in lower case
 * @param body a text in JSON
 */
public record WebhookReply(int status, Map<String, String> headers, String body) {
    public WebhookReply {
        headers = Map.copyOf(headers);
    }

    public static WebhookReply json(int status, String body) {
        return new WebhookReply(status, Map.of("content-type", "application/json"), body);
    }

    /** The reply that gives this answer. */
    public static WebhookReply of(Answer answer) {
        return json(answer.status(), answer.body());
    }

    /** The same, with one more header. */
    public WebhookReply with(String header, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(header, value);
        return new WebhookReply(status, more, body);
    }

    /** Hides the body, which may hold a token. */
    @Override
    public String toString() {
        return "WebhookReply[" + status + "]";
    }
}
