package io.github.consentbridge.functions.dynamics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import io.github.consentbridge.sync.logging.Metric;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is not taken, and what its sender is told. */
class RefusedRequestTest {
    private static final String HEADER = "x-consent-bridge-key";

    private final WebhookClient door = new WebhookClient("");

    private static APIGatewayV2HTTPEvent request(Consumer<APIGatewayV2HTTPEvent> change) {
        APIGatewayV2HTTPEvent request = WebhookClient.sample("dynamics-update.json");
        request.setHeaders(new HashMap<>(request.getHeaders()));
        change.accept(request);
        return request;
    }

    private static APIGatewayV2HTTPEvent withKey(String key) {
        return request(request -> request.getHeaders().put(HEADER, key));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "demo-webhook-key", "demo-webhook-key-01234567890", "DEMO-WEBHOOK-KEY-0123456789"})
    void wrongKeyIsRefusedBeforeAnythingIsRead(String key) {
        APIGatewayV2HTTPEvent broken = withKey(key);
        broken.setBody("{not JSON");

        APIGatewayV2HTTPResponse response = door.send(broken);

        assertThat(response.getStatusCode()).isEqualTo(401);
        assertThat(response.getBody()).isEqualTo("{\"status\":\"refused\",\"reason\":\"missing or wrong credential\"}");
        assertThat(door.stored).isEmpty();
    }

    @Test
    void missingKeyIsRefusedWithoutAskingForTheSecretAgain() {
        int status = door.status(request(request -> request.getHeaders().remove(HEADER)));

        assertThat(status).isEqualTo(401);
        assertThat(door.refreshes).isZero();
    }

    @Test
    void headerNameHasNoCase() {
        int status = door.status(request(request -> {
            request.getHeaders().remove(HEADER);
            request.getHeaders().put("X-Consent-Bridge-Key", WebhookClient.KEY);
        }));

        assertThat(status).isEqualTo(202);
    }

    @Test
    void rotatedKeyIsTakenAfterOneLookAtTheSecret() {
        door.rotate("next-webhook-key-0123456789", WebhookClient.KEY);

        int next = door.status(withKey("next-webhook-key-0123456789"));
        int previous = door.status(withKey(WebhookClient.KEY));

        assertThat(next).isEqualTo(202);
        assertThat(previous).isEqualTo(202);
        assertThat(door.refreshes).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {not JSON                                                          | 400
            []                                                                 | 400
            {}                                                                 | 400
            {"MessageName": "Update", "PrimaryEntityName": "contact"}          | 400
            {"MessageName": "Assign", "PrimaryEntityName": "contact"}          | 200
            {"MessageName": "Update", "PrimaryEntityName": "account"}          | 200
            """)
    void bodyDecidesTheAnswer(String body, int status) {
        assertThat(door.status(request(request -> request.setBody(body)))).isEqualTo(status);
        assertThat(door.stored).isEmpty();
    }

    @Test
    void nestingIsBounded() {
        String deep = "[".repeat(65) + "]".repeat(65);

        assertThat(door.status(
                        request(request -> request.setBody("{\"MessageName\": \"Update\", \"x\": " + deep + "}"))))
                .isEqualTo(400);
    }

    @Test
    void refusalRepeatsNothingOfTheBody() {
        APIGatewayV2HTTPResponse response =
                door.send(request(request -> request.setBody("{\"MessageName\": \"ada@example.org")));

        assertThat(response.getBody()).doesNotContain("ada");
        assertThat(door.log()).doesNotContain("ada@");
    }

    @Test
    void sizeEncodingMethodAndPathAreChecked() {
        assertThat(door.status(request(request -> request.setBody(" ".repeat((1 << 20) + 1)))))
                .isEqualTo(413);
        assertThat(door.status(request(request -> request.getHeaders().put("content-encoding", "gzip"))))
                .isEqualTo(415);
        assertThat(door.status(request(request -> request.setRawPath("/webhooks/other"))))
                .isEqualTo(404);
        APIGatewayV2HTTPResponse get = door.send(
                request(request -> request.getRequestContext().getHttp().setMethod("GET")));
        assertThat(get.getStatusCode()).isEqualTo(405);
        assertThat(get.getHeaders()).containsEntry("allow", "POST");
    }

    @Test
    void base64AndByteOrderMarkAreUnderstood() {
        String body = "\uFEFF" + WebhookClient.sample("dynamics-update.json").getBody();

        int status = door.status(request(request -> {
            request.setBody(Base64.getEncoder().encodeToString(body.getBytes(UTF_8)));
            request.setIsBase64Encoded(true);
        }));

        assertThat(status).isEqualTo(202);
        assertThat(door.stored.get(0).body()).isEqualTo(body);
    }

    @Test
    void ownTroubleIsAlways503() {
        APIGatewayV2HTTPEvent update = request(request -> {});
        door.queueIsDown = true;
        int notStored = door.status(update);
        door.secretIsLost = true;
        int noSecret = door.status(update);
        int broken = door.status(request(request -> request.setHeaders(new Broken())));

        assertThat(notStored).isEqualTo(503);
        assertThat(noSecret).isEqualTo(503);
        assertThat(broken).isEqualTo(503);
    }

    private static final class Broken extends HashMap<String, String> {
        private static final long serialVersionUID = 1L;

        @Override
        public String get(Object name) {
            throw new IllegalStateException("broken");
        }
    }

    @Test
    void everyOutcomeIsCounted() {
        door.status(request(request -> {}));
        door.status(withKey("wrong"));
        door.status(request(request -> request.setBody("{\"MessageName\": \"Assign\", \"PrimaryEntityName\": \"x\"}")));

        Map<Metric, Double> totals = door.outcomeLog.totals();
        assertThat(totals).containsEntry(Metric.DELIVERIES_ACCEPTED, 1.0);
        assertThat(totals).containsEntry(Metric.DELIVERIES_REFUSED, 1.0);
        assertThat(totals).containsEntry(Metric.DELIVERIES_IGNORED, 1.0);
    }
}
