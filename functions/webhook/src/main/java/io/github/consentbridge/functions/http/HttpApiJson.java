package io.github.consentbridge.functions.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.consentbridge.sync.intake.RequestBody;
import io.github.consentbridge.sync.intake.RequestHead;
import io.github.consentbridge.sync.intake.WebhookReply;
import io.github.consentbridge.sync.intake.WebhookRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;

/**
 * An HTTP API's request and answer as Lambda carries them, payload format 2.0. Only the used members of a request are read:
 * route, path, headers, method, source address and body.
 *
 * @see <a href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html">
 *     Payload format 2.0</a>
 */
final class HttpApiJson {
    private static final JsonFactory JSON = new JsonFactory();

    private final Map<String, String> headers = new HashMap<>();
    private String routeKey = "";
    private String rawPath = "";
    private String method = "";
    private String sourceAddress = "";
    private String body = "";
    private boolean isBase64Encoded;

    private HttpApiJson() {}

    /** @throws IOException if it is not JSON; what is missing in it is empty */
    static WebhookRequest read(InputStream input) throws IOException {
        HttpApiJson json = new HttpApiJson();
        try (JsonParser parser = JSON.createParser(input)) {
            parser.nextToken();
            json.readEvent(parser);
        }
        return json.request();
    }

    /** Writes the answer to a request. */
    static void write(WebhookReply reply, OutputStream output) throws IOException {
        try (JsonGenerator json = JSON.createGenerator(output)) {
            json.writeStartObject();
            json.writeNumberField("statusCode", reply.status());
            json.writeObjectFieldStart("headers");
            for (Map.Entry<String, String> header : reply.headers().entrySet()) {
                json.writeStringField(header.getKey(), header.getValue());
            }
            json.writeEndObject();
            json.writeStringField("body", reply.body());
            json.writeBooleanField("isBase64Encoded", false);
            json.writeEndObject();
        }
    }

    private WebhookRequest request() {
        RequestBody decoded = isBase64Encoded ? RequestBody.ofBase64(body) : RequestBody.of(body);
        return new WebhookRequest(new RequestHead(method, path(), headers, sourceAddress), decoded);
    }

    /** That of the route, such as {@code POST /webhooks/didomi}, unless it is a pattern or {@code $default}. */
    private String path() {
        String route = routeKey.substring(routeKey.indexOf(' ') + 1);
        return route.startsWith("/") && route.indexOf('{') < 0 ? route : rawPath;
    }

    private void readEvent(JsonParser parser) throws IOException {
        members(parser, name -> {
            switch (name) {
                case "routeKey" -> routeKey = text(parser);
                case "rawPath" -> rawPath = text(parser);
                case "headers" -> members(parser, header -> headers.put(header, text(parser)));
                case "requestContext" -> readContext(parser);
                case "body" -> body = text(parser);
                case "isBase64Encoded" -> isBase64Encoded = flag(parser);
                default -> parser.skipChildren();
            }
        });
    }

    private void readContext(JsonParser parser) throws IOException {
        members(parser, name -> {
            if (name.equals("http")) {
                readHttp(parser);
            } else {
                parser.skipChildren();
            }
        });
    }

    private void readHttp(JsonParser parser) throws IOException {
        members(parser, name -> {
            switch (name) {
                case "method" -> method = text(parser);
                case "sourceIp" -> sourceAddress = text(parser);
                default -> parser.skipChildren();
            }
        });
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

    private static boolean flag(JsonParser parser) throws IOException {
        parser.skipChildren();
        return parser.currentToken() == JsonToken.VALUE_TRUE;
    }

    private static String text(JsonParser parser) throws IOException {
        parser.skipChildren();
        return parser.currentToken() == JsonToken.VALUE_STRING ? parser.getText() : "";
    }
}
