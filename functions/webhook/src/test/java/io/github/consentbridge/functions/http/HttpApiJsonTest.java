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
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
    void readsWhatLambdasOwnSerializationReads(Path file) throws IOException {
        byte[] json = Files.readAllBytes(file);
        APIGatewayV2HTTPEvent theirs = serializer(APIGatewayV2HTTPEvent.class).fromJson(new ByteArrayInputStream(json));

        APIGatewayV2HTTPEvent ours = read(new String(json, UTF_8));

        assertThat(ours.getRawPath()).isEqualTo(theirs.getRawPath());
        assertThat(ours.getHeaders()).isEqualTo(theirs.getHeaders()).isNotEmpty();
        assertThat(ours.getBody()).isEqualTo(theirs.getBody());
        assertThat(ours.getIsBase64Encoded()).isEqualTo(theirs.getIsBase64Encoded());
        APIGatewayV2HTTPEvent.RequestContext.Http http =
                theirs.getRequestContext().getHttp();
        assertThat(ours.getRequestContext().getHttp().getMethod()).isEqualTo(http.getMethod());
        assertThat(ours.getRequestContext().getHttp().getSourceIp()).isEqualTo(http.getSourceIp());
    }

    @Test
    void writesWhatLambdasOwnSerializationWrites() throws IOException {
        APIGatewayV2HTTPResponse answer = HttpReply.json(401, "{\"why\":\"météo \\\"☂\\\"\"}")
                .with("www-authenticate", "Bearer")
                .response();
        ByteArrayOutputStream theirs = new ByteArrayOutputStream();
        serializer(APIGatewayV2HTTPResponse.class).toJson(answer, theirs);
        ByteArrayOutputStream ours = new ByteArrayOutputStream();

        HttpApiJson.write(answer, ours);

        JsonNode expected = MAPPER.readTree(theirs.toByteArray());
        for (Map.Entry<String, JsonNode> member :
                MAPPER.readTree(ours.toByteArray()).properties()) {
            assertThat(member.getValue()).as(member.getKey()).isEqualTo(expected.get(member.getKey()));
        }
        assertThat(MAPPER.readTree(ours.toByteArray()).properties()).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "[]", "null", "\"text\"", "{\"requestContext\":null,\"headers\":[1],\"body\":{\"a\":1}}"})
    void whatIsNoRequestHasNoParts(String json) throws IOException {
        APIGatewayV2HTTPEvent event = read(json);

        assertThat(event.getRawPath()).isNull();
        assertThat(event.getBody()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"rawPath\":", "{\"rawPath\" \"/\"}", "rawPath"})
    void whatIsNotJsonIsRefused(String json) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(IOException.class);
    }

    private static APIGatewayV2HTTPEvent read(String json) throws IOException {
        return HttpApiJson.read(new ByteArrayInputStream(json.getBytes(UTF_8)));
    }

    private static <T> PojoSerializer<T> serializer(Class<T> type) {
        return LambdaEventSerializers.serializerFor(type, HttpApiJsonTest.class.getClassLoader());
    }
}
