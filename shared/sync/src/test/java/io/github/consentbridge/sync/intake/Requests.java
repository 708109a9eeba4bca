package io.github.consentbridge.sync.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.consentbridge.sync.registration.BridgeUrl;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/** Requests as a host hands them on, and changed copies of them. */
final class Requests {
    static final String HEADER = "x-consent-bridge-key";

    /** A choice of Ada's that is mapped. */
    static final String BODY = """
            {"type": "event.created", "regulation": "gdpr", "parameters": {"entity": {
              "id": "e-1", "created_at": "2026-10-02T08:15:30.120Z", "status": "confirmed",
              "user": {"id": "u-1", "organization_user_id": "ada@example.org"},
              "consents": {"purposes": [{"id": "newsletter", "enabled": true}]}}}}""";

    private static final String ADDRESS = "35.159.1.63";

    private Requests() {}

    /** A delivery of Didomi with the right key. */
    static WebhookRequest delivery(RequestBody body) {
        return new WebhookRequest(
                new RequestHead("POST", BridgeUrl.DIDOMI_PATH, Map.of(HEADER, StoredSecret.KEY), ADDRESS), body);
    }

    static WebhookRequest delivery(String body) {
        return delivery(RequestBody.of(body));
    }

    static WebhookRequest delivery(byte[] body) {
        return delivery(RequestBody.of(body));
    }

    static WebhookRequest encoded(byte[] body) {
        return delivery(RequestBody.ofBase64(Base64.getEncoder().encodeToString(body)));
    }

    static WebhookRequest encoded(String body) {
        return encoded(body.getBytes(UTF_8));
    }

    /** A delivery of Didomi with another key. */
    static WebhookRequest withKey(String key) {
        return request(BridgeUrl.DIDOMI_PATH, Map.of(HEADER, key), BODY);
    }

    static WebhookRequest request(String path, Map<String, String> headers, String body) {
        return new WebhookRequest(new RequestHead("POST", path, headers, ADDRESS), RequestBody.of(body));
    }

    static WebhookRequest with(WebhookRequest request, String header, String value) {
        Map<String, String> headers = new TreeMap<>(request.head().headers());
        headers.put(header, value);
        return withHeaders(request, headers);
    }

    static WebhookRequest without(WebhookRequest request, String header) {
        Map<String, String> headers = new TreeMap<>(request.head().headers());
        headers.remove(header);
        return withHeaders(request, headers);
    }

    static WebhookRequest withHeaders(WebhookRequest request, Map<String, String> headers) {
        RequestHead head = request.head();
        return new WebhookRequest(
                new RequestHead(head.method(), head.path(), headers, head.sourceAddress()), request.body());
    }

    static WebhookRequest withBody(WebhookRequest request, RequestBody body) {
        return new WebhookRequest(request.head(), body);
    }

    static WebhookRequest withMethod(WebhookRequest request, String method) {
        RequestHead head = request.head();
        return new WebhookRequest(
                new RequestHead(method, head.path(), head.headers(), head.sourceAddress()), request.body());
    }

    static WebhookRequest withPath(WebhookRequest request, String path) {
        RequestHead head = request.head();
        return new WebhookRequest(
                new RequestHead(head.method(), path, head.headers(), head.sourceAddress()), request.body());
    }

    static WebhookRequest from(WebhookRequest request, String address) {
        RequestHead head = request.head();
        return new WebhookRequest(new RequestHead(head.method(), head.path(), head.headers(), address), request.body());
    }

    static String text(WebhookRequest request) {
        try {
            return request.body().text();
        } catch (RequestBody.RefusedException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
