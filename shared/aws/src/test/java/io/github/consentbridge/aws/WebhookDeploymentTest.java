package io.github.consentbridge.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.consentbridge.aws.ScriptedAws.Answer;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.mapping.json.JsonTree;
import io.github.consentbridge.sync.credentials.CredentialsException;
import io.github.consentbridge.sync.queue.Delivery;
import io.github.consentbridge.sync.queue.DeliveryJson;
import io.github.consentbridge.sync.queue.DeliveryTooLargeException;
import io.github.consentbridge.sync.storage.StorageException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
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
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A webhook function's calls to AWS. */
class WebhookDeploymentTest {
    private static final Instant NOW = Instant.parse("2026-10-02T08:00:00Z");

    private final Deque<Function<String, Answer>> answers = new ArrayDeque<>();
    private final List<String> requests = new ArrayList<>();
    private final Map<String, String> environment = new HashMap<>();
    private final ScriptedAws aws = new ScriptedAws((action, request) -> {
        requests.add(request);
        return answers.remove().apply(request);
    });

    @TempDir
    Path folder;

    @BeforeEach
    void write() throws IOException {
        Path integration = folder.resolve("integration.json");
        Files.writeString(integration, """
                {"type_id": "microsoft-dynamics", "properties": {"organization_id": "acme"},
                 "mappings": [{"id": "new_newsletter", "value": {"purpose": "newsletter"}}]}""");
        environment.putAll(Map.of(
                "AWS_REGION", "eu-west-1",
                "AWS_ENDPOINT_URL", aws.url(),
                "BRIDGE_SECRET_ID", "bridge",
                "BRIDGE_QUEUE_URL", "https://sqs.eu-west-1.amazonaws.com/123456789012/q",
                "BRIDGE_INTEGRATION", integration.toString()));
    }

    @AfterEach
    void close() {
        aws.close();
    }

    private void answers(int status, String body) {
        answers.add(request -> new Answer(status, body));
    }

    private void stores() {
        answers.add(ScriptedAws::stored);
    }

    private WebhookDeployment deployment() {
        PrintStream out = new PrintStream(new ByteArrayOutputStream(), true, UTF_8);
        return new WebhookDeployment(environment, out, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private void send(String body) {
        send(body, Duration.ZERO);
    }

    private void send(String body, Duration delay) {
        deployment().queue().send(List.of(Delivery.received(Side.DIDOMI, "ada", NOW, body)), delay);
    }

    @Test
    void workerCanReadTheMessage() throws Exception {
        stores();

        send("{\"name\":\"météo ☂ \\u0001\"}", Duration.ofMillis(1500));

        assertThat(aws.actions).containsExactly("SendMessage");
        JsonNode body = JsonTree.read(requests.get(0));
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
        answers(status, "{\"__type\":\"com.amazonaws.sqs#" + code + "\"}");
        stores();

        send("{}");

        assertThat(requests).hasSize(2);
    }

    @Test
    void threeFailuresEndTheCall() {
        answers(503, "<html>");
        answers(503, "");
        answers(500, "{\"__type\":\"InternalFailure\",\"message\":\"secret-key\"}");

        assertThatThrownBy(() -> send("{}"))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("InternalFailure")
                .hasMessageNotContaining("secret-key");
    }

    @Test
    void permanentFailureIsNotRetried() {
        answers(400, "{\"__type\":\"com.amazonaws.sqs#QueueDoesNotExist\"}");

        assertThatThrownBy(() -> send("{}"))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("QueueDoesNotExist");
        assertThat(requests).hasSize(1);
    }

    /** It could never be sent: the sender must not try again. */
    @Test
    void deliveryThatSqsCannotTakeIsTooLargeAndNotSent() {
        assertThatThrownBy(() -> send(Bodies.incompressible((1 << 20) - 100)))
                .isInstanceOf(DeliveryTooLargeException.class)
                .hasMessageNotContaining("ada");

        assertThat(requests).isEmpty();
    }

    @Test
    void incompressibleDeliveryIsSentUpToTheBoundWithRoomForADeadLetter() throws Exception {
        stores();

        send(Bodies.incompressible(1_020_000));

        String message = JsonTree.read(requests.get(0)).path("MessageBody").asText();
        assertThat(message.getBytes(UTF_8)).hasSizeBetween(1_020_000, (1 << 20) - (16 << 10));
    }

    @Test
    void queueWithALowerBoundSaysSoItself() {
        String refusal = "{\"__type\":\"com.amazonaws.sqs#InvalidParameterValue\"}";
        answers(400, refusal);
        answers(400, refusal);

        assertThatThrownBy(() -> send(Bodies.incompressible(300_000))).isInstanceOf(DeliveryTooLargeException.class);
        assertThatThrownBy(() -> send("{}")).isInstanceOf(StorageException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"MessageId\":null}", "[]", "", "<html>login</html>"})
    void onlyAnAnswerFromSqsMeansStored(String answer) {
        answers(200, answer);

        assertThatThrownBy(() -> send("{}")).isInstanceOf(StorageException.class);
    }

    @Test
    void unreachableQueue() {
        environment.put("AWS_ENDPOINT_URL", "http://127.0.0.1:1");

        assertThatThrownBy(() -> send("{}"))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("no usable answer");
    }

    @Test
    void readsAndCachesTheSecret() {
        answers(
                200,
                "{\"SecretString\":\"{\\\"webhooks\\\":{\\\"dynamics\\\":{\\\"values\\\":[\\\"q8Zr-1vTn_4Lp.0s\\\"]}}}\"}");
        WebhookDeployment deployment = deployment();

        deployment.credentials().current();

        assertThat(deployment.credentials().current().dynamicsWebhook()).isPresent();
        assertThat(aws.actions).containsExactly("GetSecretValue");
        assertThat(requests).containsExactly("{\"SecretId\":\"bridge\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "400, ResourceNotFoundException, there is no secret bridge",
        "400, AccessDeniedException, may not be read",
        "400, SomethingElse, SomethingElse",
    })
    void unavailableSecretNamesTheRemedy(int status, String code, String advice) {
        answers(status, "{\"__type\":\"" + code + "\"}");

        assertThatThrownBy(() -> deployment().credentials().current())
                .isInstanceOf(CredentialsException.class)
                .hasMessageContaining(advice);
    }
}
