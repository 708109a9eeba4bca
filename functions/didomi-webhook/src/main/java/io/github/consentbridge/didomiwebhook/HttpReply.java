package io.github.consentbridge.didomiwebhook;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import io.github.consentbridge.webhook.Answer;
import java.util.HashMap;
import java.util.Map;

/** An answer with its headers. It is no record, whose text would show a token. */
final class HttpReply {
    private final int status;
    private final Map<String, String> headers;
    private final String body;

    private HttpReply(int status, Map<String, String> headers, String body) {
        this.status = status;
        this.headers = Map.copyOf(headers);
        this.body = body;
    }

    static HttpReply json(int status, String body) {
        return new HttpReply(status, Map.of("content-type", "application/json"), body);
    }

    static HttpReply of(Answer answer) {
        HttpReply reply = json(answer.status(), answer.body());
        return answer.status() == 401 ? reply.with("www-authenticate", Authorization.BEARER) : reply;
    }

    HttpReply with(String header, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(header, value);
        return new HttpReply(status, more, body);
    }

    APIGatewayV2HTTPResponse response() {
        return APIGatewayV2HTTPResponse.builder()
                .withStatusCode(status)
                .withHeaders(headers)
                .withBody(body)
                .build();
    }
}
