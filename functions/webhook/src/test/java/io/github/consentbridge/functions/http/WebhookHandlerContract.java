package io.github.consentbridge.functions.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.aws.ScriptedAws;
import io.github.consentbridge.aws.ScriptedAws.Answer;
import io.github.consentbridge.aws.WebhookDeployment;
import io.github.consentbridge.sync.registration.BridgeUrl;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A webhook function as it is deployed: its own class path, the parts that the environment names, AWS over the network. */
public abstract class WebhookHandlerContract {
    private static final String KEY = "deployed-key-0123456789";
    private static final String OTHER_SIDES_KEY = "key-of-the-other-side-0123456789";
    private static final JsonMapper MAPPER = new JsonMapper();

    private final Function<WebhookDeployment, RequestStreamHandler> handler;
    private final Function<WebhookDeployment, Priming> priming;
    private final String path;
    private final String body;
    private final List<Integer> primed;

    /**
     * The contract of one handler.
     *
     * @param samples what it is primed with; the last one is a delivery that is stored
     * @param primed how the samples are to be answered
     */
    protected WebhookHandlerContract(
            Function<WebhookDeployment, RequestStreamHandler> handler,
            Function<WebhookDeployment, Priming> priming,
            String path,
            List<String> samples,
            List<Integer> primed) {
        this.handler = handler;
        this.priming = priming;
        this.path = path;
        this.body = samples.get(samples.size() - 1);
        this.primed = primed;
    }

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private boolean storing = true;
    private final ScriptedAws aws = new ScriptedAws(this::answer);
    private final WebhookDeployment parts = new WebhookDeployment(
            Map.of(
                    "AWS_REGION", "eu-west-1",
                    "AWS_ACCESS_KEY_ID", "test",
                    "AWS_SECRET_ACCESS_KEY", "test",
                    "AWS_ENDPOINT_URL", aws.url(),
                    "BRIDGE_SECRET_ID", "acme/bridge",
                    "BRIDGE_QUEUE_URL", "https://sqs.eu-west-1.amazonaws.com/1/deliveries",
                    "BRIDGE_INTEGRATION",
                            Path.of("../../config/integration.json").toString()),
            new PrintStream(printed, true, UTF_8),
            Clock.systemUTC());

    @AfterEach
    void close() {
        aws.close();
    }

    private Answer answer(String action, String request) {
        if (action.equals("GetSecretValue")) {
            ObjectNode secret = JsonNodeFactory.instance.objectNode();
            ObjectNode webhooks = secret.putObject("webhooks");
            boolean didomi = path.equals(BridgeUrl.DIDOMI_PATH);
            webhooks.putObject("didomi").putArray("values").add(didomi ? KEY : OTHER_SIDES_KEY);
            webhooks.putObject("dynamics").putArray("values").add(didomi ? OTHER_SIDES_KEY : KEY);
            String answer = JsonNodeFactory.instance
                    .objectNode()
                    .put("SecretString", secret.toString())
                    .toString();
            return new Answer(200, answer);
        }
        return storing ? ScriptedAws.stored(request) : Answer.error(403, "AccessDenied");
    }

    private ObjectNode delivery() {
        ObjectNode event = JsonNodeFactory.instance
                .objectNode()
                .put("rawPath", path)
                .put("body", body)
                .put("isBase64Encoded", false);
        event.putObject("headers").put("x-consent-bridge-key", KEY);
        event.putObject("requestContext")
                .putObject("http")
                .put("method", "POST")
                .put("sourceIp", "35.159.1.63");
        return event;
    }

    private JsonNode send(JsonNode event) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        handler.apply(parts).handleRequest(new ByteArrayInputStream(MAPPER.writeValueAsBytes(event)), answer, null);
        return MAPPER.readTree(answer.toByteArray());
    }

    private int status() throws IOException {
        return send(delivery()).path("statusCode").intValue();
    }

    private void assertRefused(JsonNode event, int status, String reason) throws IOException {
        JsonNode answer = send(event);

        assertThat(answer.path("statusCode").intValue()).isEqualTo(status);
        assertThat(answer.path("body").textValue()).isEqualTo("{\"status\":\"refused\",\"reason\":\"" + reason + "\"}");
    }

    @Test
    void deliveryIsStoredAndCounted() throws IOException {
        assertThat(status()).isEqualTo(202);

        assertThat(aws.actions).containsExactly("GetSecretValue", "SendMessage");
        assertThat(printed.toString(UTF_8))
                .contains("\"outcome\":\"delivery queued\"")
                .contains("\"DeliveriesAccepted\":1.0");
    }

    /** The template schedules it, so that SnapStart does not put the function to sleep. */
    @Test
    void scheduledCallCostsNoRequestAndCountsNothing() throws IOException {
        assertRefused(JsonNodeFactory.instance.objectNode().put("ping", true), 404, "unknown path");

        assertThat(aws.actions).isEmpty();
        assertThat(printed.toString(UTF_8)).isEmpty();
    }

    @Test
    void deliveryThatCannotBeStoredIsAnsweredWith503() throws IOException {
        storing = false;

        assertThat(status()).isEqualTo(503);
    }

    @Test
    void noServiceIsCalledBeforeTheFirstRequest() {
        assertThat(handler.apply(parts)).isNotNull();

        assertThat(aws.actions).isEmpty();
    }

    @Test
    void whatOtherFunctionsNeedIsNotThere() {
        for (String name : List.of(
                "software.amazon.awssdk.services.dynamodb.DynamoDbClient",
                "com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent",
                "com.microsoft.aad.msal4j.ConfidentialClientApplication",
                "com.azure.json.JsonReader")) {
            assertThatThrownBy(() -> Class.forName(name)).isInstanceOf(ClassNotFoundException.class);
        }
    }

    @Test
    void requestWithoutAPathIsUnknown() throws IOException {
        assertRefused(JsonNodeFactory.instance.objectNode(), 404, "unknown path");
    }

    @Test
    void deliveryIsStoredBehindANamedStage() throws IOException {
        ObjectNode named = delivery().put("rawPath", "/prod" + path).put("routeKey", "POST " + path);
        named.withObject("/requestContext").put("stage", "prod").put("routeKey", "POST " + path);
        ObjectNode caughtAll = delivery().put("rawPath", "/prod" + path).put("routeKey", "$default");

        assertThat(send(named).path("statusCode").intValue()).isEqualTo(202);
        assertThat(send(caughtAll).path("statusCode").intValue()).isEqualTo(202);
        assertRefused(delivery().put("rawPath", "/prod" + path + "/extra"), 404, "unknown path");
    }

    @Test
    void requestWithoutContextIsRefused() throws IOException {
        ObjectNode empty = delivery();
        empty.putObject("requestContext");

        assertRefused(delivery().putNull("requestContext"), 405, "only POST is answered here");
        assertRefused(empty, 405, "only POST is answered here");
    }

    @Test
    void requestWithoutHeadersIsRefused() throws IOException {
        assertRefused(delivery().putNull("headers"), 401, "missing or wrong credential");
    }

    @Test
    void requestWithoutABodyIsRefused() throws IOException {
        assertThat(send(delivery().putNull("body")).path("statusCode").intValue())
                .isEqualTo(400);
    }

    @Test
    void primingSendsEverySampleThroughAndCallsAndPrintsNothing() throws Exception {
        List<Integer> statuses = new ArrayList<>();
        for (String answer : priming.apply(parts).run()) {
            statuses.add(MAPPER.readTree(answer).path("statusCode").intValue());
        }

        assertThat(statuses).isEqualTo(primed);
        assertThat(aws.actions).isEmpty();
        assertThat(printed.size()).isZero();
        assertThat(status()).isEqualTo(202);
    }

    @Test
    void primingConnectsToBothServicesWithoutAnOperation() throws Exception {
        priming.apply(parts).beforeCheckpoint(null);

        assertThat(aws.actions).containsExactly("GetSecretValue", "GetQueueAttributes");
    }

    @Test
    void keyOfThePrimingIsRefusedOtherwise() throws IOException {
        priming.apply(parts).run();
        ObjectNode forged = delivery();
        forged.putObject("headers").put("x-consent-bridge-key", "key-of-the-priming");

        assertRefused(forged, 401, "missing or wrong credential");
    }
}
