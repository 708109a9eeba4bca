package io.github.consentbridge.functions.http;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP API's request and answer as Lambda carries them, payload format 2.0. Of a request only what is used here is read:
 * path, headers, method, source address, and body.
 *
 * @see <a href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html">
 *     Payload format 2.0</a>
 */
final class HttpApiJson {
    private static final JsonFactory JSON = new JsonFactory();

    private HttpApiJson() {}

    /** @throws IOException if it is not JSON; what is missing in it is null */
    static APIGatewayV2HTTPEvent read(InputStream input) throws IOException {
        APIGatewayV2HTTPEvent event = new APIGatewayV2HTTPEvent();
        try (JsonParser parser = JSON.createParser(input)) {
            parser.nextToken();
            members(parser, name -> {
                switch (name) {
                    case "rawPath" -> event.setRawPath(text(parser));
                    case "headers" -> event.setHeaders(headers(parser));
                    case "requestContext" -> event.setRequestContext(context(parser));
                    case "body" -> event.setBody(text(parser));
                    case "isBase64Encoded" -> event.setIsBase64Encoded(parser.currentToken() == JsonToken.VALUE_TRUE);
                    default -> parser.skipChildren();
                }
            });
        }
        return event;
    }

    /** Answers a request. */
    static void write(APIGatewayV2HTTPResponse answer, OutputStream output) throws IOException {
        try (JsonGenerator json = JSON.createGenerator(output)) {
            json.writeStartObject();
            json.writeNumberField("statusCode", answer.getStatusCode());
            json.writeObjectFieldStart("headers");
            for (Map.Entry<String, String> header : answer.getHeaders().entrySet()) {
                json.writeStringField(header.getKey(), header.getValue());
            }
            json.writeEndObject();
            json.writeStringField("body", answer.getBody());
            json.writeBooleanField("isBase64Encoded", false);
            json.writeEndObject();
        }
    }

    /** Reads the value of one member, with the parser at its first token, up to its last. */
    @FunctionalInterface
    private interface Member {
        void read(String name) throws IOException;
    }

    /** The members of the object at which the parser is; none if it is something else. */
    private static void members(JsonParser parser, Member member) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return;
        }
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            member.read(name);
        }
    }

    private static @Nullable String text(JsonParser parser) throws IOException {
        parser.skipChildren();
        return parser.currentToken() == JsonToken.VALUE_STRING ? parser.getText() : null;
    }

    private static Map<String, String> headers(JsonParser parser) throws IOException {
        Map<String, String> headers = new HashMap<>();
        members(parser, name -> headers.put(name, text(parser)));
        return headers;
    }

    private static RequestContext context(JsonParser parser) throws IOException {
        RequestContext context = new RequestContext();
        members(parser, name -> {
            if (name.equals("http")) {
                context.setHttp(http(parser));
            } else {
                parser.skipChildren();
            }
        });
        return context;
    }

    private static RequestContext.Http http(JsonParser parser) throws IOException {
        RequestContext.Http http = new RequestContext.Http();
        members(parser, name -> {
            switch (name) {
                case "method" -> http.setMethod(text(parser));
                case "sourceIp" -> http.setSourceIp(text(parser));
                default -> parser.skipChildren();
            }
        });
        return http;
    }
}
