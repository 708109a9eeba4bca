package io.github.consentbridge.aws.direct;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.consentbridge.aws.Bodies;
import io.github.consentbridge.aws.EmulatedServices;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.mapping.json.JsonTree;
import io.github.consentbridge.sync.credentials.CredentialsException;
import io.github.consentbridge.sync.queue.Delivery;
import io.github.consentbridge.sync.queue.DeliveryJson;
import io.github.consentbridge.sync.queue.DeliveryQueue;
import io.github.consentbridge.sync.queue.DeliveryTooLargeException;
import io.github.consentbridge.sync.storage.StorageException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A webhook function's calls to AWS without the SDK. */
class WebhookDeploymentTest {
    private static final Instant NOW = Instant.parse("2026-10-02T08:00:00Z");
    private static final String STORED = "{\"MessageId\":\"m\",\"MD5OfMessageBody\":\"0\"}";

    private final Deque<Reply> replies = new ArrayDeque<>();
    private final List<Map<String, String>> requests = new ArrayList<>();
    private final Map<String, String> environment = new HashMap<>();
    private HttpServer server;

    @TempDir
    Path folder;

    private record Reply(int status, String body) {}

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        Path integration = folder.resolve("integration.json");
        Files.writeString(integration, """
                {"type_id": "microsoft-dynamics", "properties": {"organization_id": "acme"},
                 "mappings": [{"id": "new_newsletter", "value": {"purpose": "newsletter"}}]}""");
        environment.putAll(Map.of(
                "AWS_REGION", "eu-west-1",
                "AWS_ACCESS_KEY_ID", "AKIDEXAMPLE",
                "AWS_SECRET_ACCESS_KEY", "secret-key",
                "AWS_SESSION_TOKEN", "session",
                "AWS_ENDPOINT_URL", url(),
                "BRIDGE_SECRET_ID", "bridge",
                "BRIDGE_QUEUE_URL", "https://sqs.eu-west-1.amazonaws.com/123456789012/q",
                "BRIDGE_INTEGRATION", integration.toString()));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        Map<String, String> observed = new HashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> observed.put(name.toLowerCase(Locale.ROOT), values.get(0)));
        observed.put("path", exchange.getRequestURI().getPath());
        observed.put("body", new String(exchange.getRequestBody().readAllBytes(), UTF_8));
        requests.add(observed);
        Reply reply = replies.remove();
        byte[] body = reply.body().getBytes(UTF_8);
        exchange.sendResponseHeaders(reply.status(), body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private void replies(int status, String body) {
        replies.add(new Reply(status, body));
    }

    private WebhookDeployment deployment() {
        PrintStream out = new PrintStream(new ByteArrayOutputStream(), true, UTF_8);
        return new WebhookDeployment(environment, out, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private void send(String body) {
        send(body, Duration.ZERO);
    }

    private void send(String body, Duration delay) {
        DeliveryQueue queue = deployment().queue();
        queue.send(List.of(Delivery.received(Side.DIDOMI, "ada", NOW, body)), delay);
    }

    @Test
    void workerCanReadTheMessage() throws Exception {
        replies(200, STORED);

        send("{\"name\":\"météo ☂ \\u0001\"}", Duration.ofMillis(1500));

        Map<String, String> request = requests.get(0);
        assertThat(request).containsEntry("x-amz-target", "AmazonSQS.SendMessage");
        assertThat(request).containsEntry("content-type", "application/x-amz-json-1.0");
        assertThat(request).containsEntry("x-amz-security-token", "session");
        assertThat(request.get("authorization")).contains("/20261002/eu-west-1/sqs/aws4_request");
        JsonNode body = JsonTree.read(request.get("body"));
        assertThat(body.path("QueueUrl").asText()).isEqualTo(environment.get("BRIDGE_QUEUE_URL"));
        assertThat(body.path("DelaySeconds").asInt()).isEqualTo(2);
        assertThat(DeliveryJson.read(body.path("MessageBody").asText()).body())
                .isEqualTo("{\"name\":\"météo ☂ \\u0001\"}");
    }

    @Test
    void messageIsStoredInSqs() {
        environment.putAll(EmulatedServices.environment());
        environment.put("BRIDGE_QUEUE_URL", EmulatedServices.newQueue());

        send("{\"name\":\"météo ☂\"}");

        assertThat(EmulatedServices.take(environment.get("BRIDGE_QUEUE_URL")))
                .singleElement()
                .satisfies(
                        message -> assertThat(DeliveryJson.read(message).body()).isEqualTo("{\"name\":\"météo ☂\"}"));
    }

    @ParameterizedTest
    @CsvSource({"500, InternalFailure", "503, ServiceUnavailable", "429, ''", "400, RequestThrottled"})
    void transientFailureIsRetried(int status, String code) {
        replies(status, "{\"__type\":\"com.amazonaws.sqs#" + code + "\"}");
        replies(200, STORED);

        send("{}");

        assertThat(requests).hasSize(2);
    }

    @Test
    void threeFailuresEndTheCall() {
        replies(503, "<html>");
        replies(503, "");
        replies(500, "{\"__type\":\"InternalFailure\",\"message\":\"secret-key\"}");

        assertThatThrownBy(() -> send("{}"))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("InternalFailure")
                .hasMessageNotContaining("secret-key");
    }

    @Test
    void permanentFailureIsNotRetried() {
        replies(400, "{\"__type\":\"com.amazonaws.sqs#QueueDoesNotExist\"}");

        assertThatThrownBy(() -> send("{}"))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("QueueDoesNotExist");
        assertThat(requests).hasSize(1);
    }

    /** It could never be sent: the sender must not try again. */
    @Test
    void deliveryThatSqsCannotTakeIsTooLargeAndNotSent() {
        replies(200, STORED);

        assertThatThrownBy(() -> send(Bodies.incompressible((1 << 20) - 100)))
                .isInstanceOf(DeliveryTooLargeException.class)
                .hasMessageNotContaining("ada");

        assertThat(requests).isEmpty();
    }

    @Test
    void incompressibleDeliveryIsSentUpToTheBoundWithRoomForADeadLetter() throws Exception {
        replies(200, STORED);

        send(Bodies.incompressible(1_020_000));

        String message =
                JsonTree.read(requests.get(0).get("body")).path("MessageBody").asText();
        assertThat(message.getBytes(UTF_8)).hasSizeBetween(1_020_000, (1 << 20) - (16 << 10));
    }

    @Test
    void queueWithALowerBoundSaysSoItself() {
        String refusal = "{\"__type\":\"com.amazonaws.sqs#InvalidParameterValue\"}";
        replies(400, refusal);
        replies(400, refusal);

        assertThatThrownBy(() -> send(Bodies.incompressible(300_000))).isInstanceOf(DeliveryTooLargeException.class);
        assertThatThrownBy(() -> send("{}")).isInstanceOf(StorageException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"MessageId\":null}", "[]", ""})
    void onlyAnAnswerFromSqsMeansStored(String answer) {
        replies(200, answer);

        assertThatThrownBy(() -> send("{}")).isInstanceOf(StorageException.class);
    }

    @Test
    void htmlPageIsRetried() {
        replies(200, "<html>login</html>");
        replies(200, STORED);

        send("{}");

        assertThat(requests).hasSize(2);
    }

    @Test
    void unreachableQueue() {
        environment.put("AWS_ENDPOINT_URL", "http://127.0.0.1:1");

        assertThatThrownBy(() -> send("{}"))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("no answer");
    }

    @Test
    void readsAndCachesTheSecret() {
        replies(
                200,
                "{\"SecretString\":\"{\\\"webhooks\\\":{\\\"dynamics\\\":{\\\"values\\\":[\\\"q8Zr-1vTn_4Lp.0s\\\"]}}}\"}");
        WebhookDeployment deployment = deployment();

        deployment.credentials().current();

        assertThat(deployment.credentials().current().dynamicsWebhook()).isPresent();
        assertThat(requests).singleElement().satisfies(request -> {
            assertThat(request).containsEntry("x-amz-target", "secretsmanager.GetSecretValue");
            assertThat(request).containsEntry("content-type", "application/x-amz-json-1.1");
            assertThat(request).containsEntry("body", "{\"SecretId\":\"bridge\"}");
        });
    }

    @Test
    void readsASecretOfBytes() {
        replies(200, "{\"SecretBinary\":\"e30=\"}");

        assertThat(deployment().credentials().current().didomi()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "400, ResourceNotFoundException, there is no secret bridge",
        "400, AccessDeniedException, may not be read",
        "400, SomethingElse, SomethingElse",
    })
    void unavailableSecretNamesTheRemedy(int status, String code, String advice) {
        replies(status, "{\"__type\":\"" + code + "\"}");

        assertThatThrownBy(() -> deployment().credentials().current())
                .isInstanceOf(CredentialsException.class)
                .hasMessageContaining(advice);
    }

    @Test
    void snapStartFunctionReadsKeysFromTheirAddress() {
        environment.remove("AWS_ACCESS_KEY_ID");
        environment.put("AWS_CONTAINER_CREDENTIALS_FULL_URI", url() + "/keys");
        environment.put("AWS_CONTAINER_AUTHORIZATION_TOKEN", "who-we-are");
        replies(200, keys(NOW.plus(Duration.ofHours(1))));
        replies(200, STORED);
        replies(200, STORED);
        DeliveryQueue queue = deployment().queue();

        Delivery delivery = Delivery.received(Side.DIDOMI, "ada", NOW, "{}");
        queue.send(List.of(delivery, delivery), Duration.ZERO);

        assertThat(requests).hasSize(3);
        assertThat(requests.get(0)).containsEntry("path", "/keys").containsEntry("authorization", "who-we-are");
        assertThat(requests.get(1)).containsEntry("x-amz-security-token", "container-token");
        assertThat(requests.get(1).get("authorization")).contains("Credential=CONTAINERKEY/");
    }

    @Test
    void expiringKeysAreRequestedAgain() {
        environment.remove("AWS_ACCESS_KEY_ID");
        environment.put("AWS_CONTAINER_CREDENTIALS_FULL_URI", url() + "/keys");
        replies(200, keys(NOW.plus(Duration.ofMinutes(5))));
        replies(200, STORED);
        replies(200, keys(NOW.plus(Duration.ofHours(1))));
        replies(200, STORED);
        DeliveryQueue queue = deployment().queue();

        Delivery delivery = Delivery.received(Side.DIDOMI, "ada", NOW, "{}");
        queue.send(List.of(delivery, delivery), Duration.ZERO);

        assertThat(requests).extracting(request -> request.get("path")).containsExactly("/keys", "/", "/keys", "/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "<html>",
                "{\"AccessKeyId\":\"a\",\"SecretAccessKey\":\"b\",\"Token\":\"c\",\"Expiration\":\"soon\"}"
            })
    void missingKeysAreReported(String answer) {
        environment.remove("AWS_ACCESS_KEY_ID");
        environment.put("AWS_CONTAINER_CREDENTIALS_FULL_URI", url() + "/keys");
        replies(200, answer);

        assertThatThrownBy(() -> send("{}"))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("credentials");
    }

    private static String keys(Instant expiry) {
        return """
                {"AccessKeyId": "CONTAINERKEY", "SecretAccessKey": "s", "Token": "container-token", "Expiration": "%s"}""".formatted(expiry);
    }
}
