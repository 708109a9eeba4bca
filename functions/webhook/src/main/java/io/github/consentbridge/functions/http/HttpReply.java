package io.github.consentbridge.functions.http;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import java.util.HashMap;
import java.util.Map;

/** An answer with its headers. It is no record, whose text would show a token. */
public final class HttpReply {
    private final int status;
    private final Map<String, String> headers;
    private final String body;

    private HttpReply(int status, Map<String, String> headers, String body) {
        this.status = status;
        this.headers = Map.copyOf(headers);
        this.body = body;
    }

    public static HttpReply json(int status, String body) {
        return new HttpReply(status, Map.of("content-type", "application/json"), body);
    }

    public static HttpReply of(Answer answer) {
        return json(answer.status(), answer.body());
    }

    /** The same, with one more header. */
    public HttpReply with(String header, String value) {
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
