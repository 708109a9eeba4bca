package io.github.consentbridge.functions.didomi;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/** Requests as API Gateway hands them on. */
final class Requests {
    static final String HEADER = "x-consent-bridge-key";

    /** A choice of Ada's that is mapped. */
    static final String BODY = """
            {"type": "event.created", "regulation": "gdpr", "parameters": {"entity": {
              "id": "e-1", "created_at": "2026-10-02T08:15:30.120Z", "status": "confirmed",
              "user": {"id": "u-1", "organization_user_id": "ada@example.org"},
              "consents": {"purposes": [{"id": "newsletter", "enabled": true}]}}}}""";

    private Requests() {}

    /** A delivery with the right key. */
    static APIGatewayV2HTTPEvent delivery(String body) {
        return request(DidomiWebhookHandler.PATH, Map.of(HEADER, StoredSecret.KEY), body);
    }

    /** A delivery with another key. */
    static APIGatewayV2HTTPEvent withKey(String key) {
        return request(DidomiWebhookHandler.PATH, Map.of(HEADER, key), BODY);
    }

    static APIGatewayV2HTTPEvent request(String path, Map<String, String> headers, String body) {
        return APIGatewayV2HTTPEvent.builder()
                .withVersion("2.0")
                .withRawPath(path)
                .withHeaders(new TreeMap<>(headers))
                .withRequestContext(context("POST", path))
                .withBody(body)
                .withIsBase64Encoded(false)
                .build();
    }

    static RequestContext context(String method, String path) {
        RequestContext.Http http = RequestContext.Http.builder()
                .withMethod(method)
                .withPath(path)
                .withSourceIp("35.159.1.63")
                .build();
        return RequestContext.builder().withHttp(http).build();
    }

    static APIGatewayV2HTTPEvent encoded(byte[] body) {
        APIGatewayV2HTTPEvent request = delivery(Base64.getEncoder().encodeToString(body));
        request.setIsBase64Encoded(true);
        return request;
    }

    static APIGatewayV2HTTPEvent encoded(String body) {
        return encoded(body.getBytes(UTF_8));
    }

    static APIGatewayV2HTTPEvent with(APIGatewayV2HTTPEvent request, String header, String value) {
        request.getHeaders().put(header, value);
        return request;
    }
}
