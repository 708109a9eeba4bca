package io.github.consentbridge.sync.intake;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An HTTP request as its host received it. What the host does not know is empty.
 *
 * @param path the path as it was sent, still percent-encoded
 * @param headers values by names, whose case does not matter
 * @param sourceAddress the IP address that called
 */
public record WebhookRequest(
        String method, String path, Map<String, String> headers, RequestBody body, String sourceAddress) {
    public WebhookRequest {
        Map<String, String> anyCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        anyCase.putAll(headers);
        headers = Collections.unmodifiableMap(anyCase);
    }

    /** The value of the header of this name. */
    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /**
     * The body's text; empty if the request has none.
     *
     * @throws RequestBody.RefusedException if the body has a content encoding, is too large or is not strictly UTF-8
     */
    String text() throws RequestBody.RefusedException {
        String encoding = header("content-encoding").orElse("identity");
        if (!encoding.strip().equalsIgnoreCase("identity")) {
            throw new RequestBody.RefusedException(Answer.ENCODED);
        }
        return body.text();
    }

    /** Shows neither headers nor body, which hold keys and personal data. */
    @Override
    public String toString() {
        return "WebhookRequest[" + method + " " + path + "]";
    }
}
