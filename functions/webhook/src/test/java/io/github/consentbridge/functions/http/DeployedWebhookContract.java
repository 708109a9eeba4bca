package io.github.consentbridge.functions.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.aws.ScriptedAws;
import io.github.consentbridge.aws.ScriptedAws.Answer;
import io.github.consentbridge.aws.direct.WebhookDeployment;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A webhook function as it is deployed: its own class path, the parts that the environment names, AWS over the network. */
public abstract class DeployedWebhookContract {
    private static final String KEY = "deployed-key-0123456789";

    protected abstract RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> handler(WebhookDeployment parts);

    protected abstract Priming rehearsal(WebhookDeployment parts);

    protected abstract String path();

    /** A delivery that is stored. */
    protected abstract String body();

    /** How the samples of the rehearsal are to be answered. */
    protected abstract List<Integer> rehearsed();

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private boolean storing = true;
    private final ScriptedAws aws = new ScriptedAws((action, request) -> answer(action));
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

    private Answer answer(String action) {
        if (action.equals("GetSecretValue")) {
            ObjectNode secret = JsonNodeFactory.instance.objectNode();
            ObjectNode webhooks = secret.putObject("webhooks");
            webhooks.putObject("didomi").putArray("values").add(KEY);
            webhooks.putObject("dynamics").putArray("values").add(KEY);
            String answer = JsonNodeFactory.instance
                    .objectNode()
                    .put("SecretString", secret.toString())
                    .toString();
            return new Answer(200, answer);
        }
        return storing ? new Answer(200, "{\"MessageId\":\"m\"}") : Answer.error(403, "AccessDenied");
    }

    private APIGatewayV2HTTPEvent delivery() {
        RequestContext.Http http = RequestContext.Http.builder()
                .withMethod("POST")
                .withPath(path())
                .withSourceIp("35.159.1.63")
                .build();
        return APIGatewayV2HTTPEvent.builder()
                .withRawPath(path())
                .withHeaders(Map.of("x-consent-bridge-key", KEY))
                .withRequestContext(RequestContext.builder().withHttp(http).build())
                .withBody(body())
                .withIsBase64Encoded(false)
                .build();
    }

    private int status() {
        return handler(parts).handleRequest(delivery(), null).getStatusCode();
    }

    @Test
    void deliveryIsStoredAndCounted() {
        assertThat(status()).isEqualTo(202);

        assertThat(aws.actions).containsExactly("GetSecretValue", "SendMessage");
        assertThat(printed.toString(UTF_8))
                .contains("\"outcome\":\"delivery queued\"")
                .contains("\"DeliveriesAccepted\":1.0");
    }

    @Test
    void deliveryThatCannotBeStoredIsAnsweredWith503() {
        storing = false;

        assertThat(status()).isEqualTo(503);
    }

    @Test
    void nothingIsAskedBeforeTheFirstRequest() {
        assertThat(handler(parts)).isNotNull();

        assertThat(aws.actions).isEmpty();
    }

    @Test
    void whatOtherFunctionsNeedIsNotThere() {
        for (String name : List.of(
                "software.amazon.awssdk.core.SdkClient",
                "software.amazon.awssdk.services.sqs.SqsClient",
                "software.amazon.awssdk.services.dynamodb.DynamoDbClient",
                "com.microsoft.aad.msal4j.ConfidentialClientApplication",
                "com.azure.json.JsonReader")) {
            assertThatThrownBy(() -> Class.forName(name)).isInstanceOf(ClassNotFoundException.class);
        }
    }

    @Test
    void rehearsalTakesEverySampleThroughAndAsksAndPrintsNothing() throws Exception {
        rehearsal(parts).beforeCheckpoint(null);
        assertThat(rehearsal(parts).run())
                .extracting(APIGatewayV2HTTPResponse::getStatusCode)
                .isEqualTo(rehearsed());

        assertThat(aws.actions).isEmpty();
        assertThat(printed.size()).isZero();
        assertThat(status()).isEqualTo(202);
    }

    @Test
    void keyOfARehearsalOpensNoRealDoor() {
        rehearsal(parts).run();
        APIGatewayV2HTTPEvent forged = delivery();
        forged.setHeaders(Map.of("x-consent-bridge-key", "key-of-a-rehearsal"));

        assertThat(handler(parts).handleRequest(forged, null).getStatusCode()).isEqualTo(401);
    }
}
