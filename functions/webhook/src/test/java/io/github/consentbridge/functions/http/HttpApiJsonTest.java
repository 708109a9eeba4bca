package io.github.consentbridge.functions.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.consentbridge.sync.intake.RequestBody;
import io.github.consentbridge.sync.intake.WebhookReply;
import io.github.consentbridge.sync.intake.WebhookRequest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpApiJsonTest {
    private static final JsonMapper MAPPER = new JsonMapper();

    static List<Path> events() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("../../events"))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    @ParameterizedTest
    @MethodSource("events")
    void readsWhatLambdasOwnSerializationReads(Path file) throws Exception {
        byte[] json = Files.readAllBytes(file);
        APIGatewayV2HTTPEvent theirs = serializer(APIGatewayV2HTTPEvent.class).fromJson(new ByteArrayInputStream(json));

        WebhookRequest ours = read(new String(json, UTF_8));

        assertThat(ours.head().path()).isEqualTo(theirs.getRawPath());
        assertThat(ours.head().headers()).isEqualTo(theirs.getHeaders()).isNotEmpty();
        assertThat(ours.body().text()).isEqualTo(body(theirs));
        APIGatewayV2HTTPEvent.RequestContext.Http http =
                theirs.getRequestContext().getHttp();
        assertThat(ours.head().method()).isEqualTo(http.getMethod());
        assertThat(ours.head().sourceAddress()).isEqualTo(http.getSourceIp());
    }

    private static String body(APIGatewayV2HTTPEvent event) {
        return event.getIsBase64Encoded()
                ? new String(Base64.getDecoder().decode(event.getBody()), UTF_8)
                : event.getBody();
    }

    @Test
    void writesWhatLambdasOwnSerializationWrites() throws IOException {
        WebhookReply reply =
                WebhookReply.json(401, "{\"why\":\"météo \\\"☂\\\"\"}").with("www-authenticate", "Bearer");
        APIGatewayV2HTTPResponse response = APIGatewayV2HTTPResponse.builder()
                .withStatusCode(reply.status())
                .withHeaders(reply.headers())
                .withBody(reply.body())
                .build();
        ByteArrayOutputStream theirs = new ByteArrayOutputStream();
        serializer(APIGatewayV2HTTPResponse.class).toJson(response, theirs);
        ByteArrayOutputStream ours = new ByteArrayOutputStream();

        HttpApiJson.write(reply, ours);

        JsonNode expected = MAPPER.readTree(theirs.toByteArray());
        for (Map.Entry<String, JsonNode> member :
                MAPPER.readTree(ours.toByteArray()).properties()) {
            assertThat(member.getValue()).as(member.getKey()).isEqualTo(expected.get(member.getKey()));
        }
        assertThat(MAPPER.readTree(ours.toByteArray()).properties()).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "null",
                "\"text\"",
                "{\"requestContext\":null,\"headers\":[1],\"body\":{\"a\":1}}",
                "{\"requestContext\":{\"http\":{\"method\":null,\"sourceIp\":null}},\"headers\":null,\"body\":null}"
            })
    void whatIsNoRequestHasNoParts(String json) throws Exception {
        WebhookRequest request = read(json);

        assertThat(request.head().path()).isEmpty();
        assertThat(request.head().method()).isEmpty();
        assertThat(request.head().headers()).isEmpty();
        assertThat(request.body().text()).isEmpty();
        assertThat(request.head().sourceAddress()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"body\":\"{\",\"isBase64Encoded\":true}",
                "{\"isBase64Encoded\":true,\"body\":\"wA==\"}",
                "{\"body\":\"ada\\ud83d\",\"isBase64Encoded\":false}"
            })
    void bodyThatIsNotTextIsRefusedWhenItIsRead(String json) throws IOException {
        WebhookRequest request = read(json);

        assertThatThrownBy(() -> request.body().text()).isInstanceOf(RequestBody.RefusedException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"rawPath\":", "{\"rawPath\" \"/\"}", "rawPath"})
    void whatIsNotJsonIsRefused(String json) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "POST /webhooks/didomi, /prod/webhooks/didomi, /webhooks/didomi",
        "ANY /webhooks/didomi, /prod/webhooks/didomi, /webhooks/didomi",
        "POST /v1/webhooks/didomi, /prod/v1/webhooks/didomi, /v1/webhooks/didomi",
        "$default, /prod/webhooks/didomi, /prod/webhooks/didomi",
        "ANY /{proxy+}, /prod/webhooks/didomi, /prod/webhooks/didomi",
        "POST /webhooks/{side}, /prod/webhooks/didomi, /prod/webhooks/didomi",
        "'', /webhooks/didomi, /webhooks/didomi"
    })
    void pathIsThatOfTheRouteIfItNamesOne(String routeKey, String rawPath, String path) throws IOException {
        assertThat(read("{\"rawPath\":\"%s\",\"routeKey\":\"%s\"}".formatted(rawPath, routeKey))
                        .head()
                        .path())
                .isEqualTo(path);
        assertThat(read("{\"routeKey\":\"%s\",\"rawPath\":\"%s\"}".formatted(routeKey, rawPath))
                        .head()
                        .path())
                .isEqualTo(path);
    }

    private static WebhookRequest read(String json) throws IOException {
        return HttpApiJson.read(new ByteArrayInputStream(json.getBytes(UTF_8)));
    }

    private static <T> PojoSerializer<T> serializer(Class<T> type) {
        return LambdaEventSerializers.serializerFor(type, HttpApiJsonTest.class.getClassLoader());
    }
}
