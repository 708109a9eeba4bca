package io.github.consentbridge.sync.intake;

import java.util.HashMap;
import java.util.Map;

/** The reply to a webhook request, for the host to render. Not a record: a record's text would show a token. */
public final class WebhookReply {
    private final int status;
    private final Map<String, String> headers;
    private final String body;

    private WebhookReply(int status, Map<String, String> headers, String body) {
        this.status = status;
        this.headers = Map.copyOf(headers);
        this.body = body;
    }

    /** A reply whose body is JSON. */
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

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** Values by names in lower case. */
    public Map<String, String> headers() {
        return headers;
    }

    /** The body's text, in JSON. */
    public String body() {
        return body;
    }
}
