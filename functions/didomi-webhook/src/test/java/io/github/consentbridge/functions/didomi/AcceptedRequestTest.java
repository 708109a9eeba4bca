package io.github.consentbridge.functions.didomi;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import io.github.consentbridge.sync.logging.Metric;
import io.github.consentbridge.sync.queue.Delivery;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is taken although it is unusual, and what happens when it cannot be stored. */
class AcceptedRequestTest {
    private final WebhookClient door = new WebhookClient();

    private void assertStored(APIGatewayV2HTTPEvent request) {
        assertThat(door.status(request)).isEqualTo(202);
        assertThat(door.stored).extracting(Delivery::person).containsExactly("ada@example.org");
    }

    @Test
    void byteOrderMarkIsSkipped() {
        assertStored(Requests.delivery("\uFEFF" + Requests.BODY));
    }

    @Test
    void byteOrderMarkIsSkippedInBase64() {
        assertStored(Requests.encoded("\uFEFF" + Requests.BODY));
    }

    @Test
    void bodyOfOneMebibyteIsTaken() {
        assertStored(Requests.delivery(Requests.BODY + " ".repeat((1 << 20) - Requests.BODY.length())));
    }

    @Test
    void base64BodyOfOneMebibyteIsTaken() {
        assertStored(Requests.encoded(Requests.BODY + " ".repeat((1 << 20) - Requests.BODY.length())));
    }

    @Test
    void nestingOf64IsTaken() {
        assertStored(Requests.delivery(
                Requests.BODY.replaceFirst("\\{", "{\"deep\": " + "[".repeat(63) + "]".repeat(63) + ", ")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"identity", "Identity", " identity "})
    void identityIsNoEncoding(String encoding) {
        assertStored(Requests.with(Requests.delivery(Requests.BODY), "Content-Encoding", encoding));
    }

    @Test
    void charactersOutsideTheBasicPlaneAreKept() {
        door.send(Requests.delivery(Requests.BODY.replace("ada@", "\uD83D\uDE00@")));
        door.send(Requests.delivery(Requests.BODY.replace("ada@", "\\uD83D\\uDE00@")));

        assertThat(door.stored).extracting(Delivery::person).containsOnly("\uD83D\uDE00@example.org");
    }

    @Test
    void addressOnTheListIsLetIn() {
        WebhookClient listed = new WebhookClient(WebhookClient.published("\"didomi_source_ips\": [\"35.159.1.63\"],"));

        assertThat(listed.status(Requests.delivery(Requests.BODY))).isEqualTo(202);
    }

    @Test
    void outcomesAreCounted() {
        door.send(Requests.delivery(Requests.BODY));
        door.send(Requests.delivery("{\"type\": \"ping\"}"));
        door.send(Requests.delivery("garbage"));

        assertThat(door.outcomeLog.totals())
                .containsAllEntriesOf(Map.of(
                        Metric.DELIVERIES_ACCEPTED, 1.0,
                        Metric.DELIVERIES_IGNORED, 1.0,
                        Metric.DELIVERIES_REFUSED, 1.0));
    }

    @Test
    void whatCannotBeStoredIsNotAccepted() {
        door.queueIsDown = true;

        assertUnavailable();
        assertThat(door.outcomeLog.totals()).containsEntry(Metric.DELIVERIES_ACCEPTED, 0.0);
        assertThat(door.log()).contains("\"outcome\":\"delivery not stored\"", "StorageException");
    }

    @Test
    void whatNeedsNoWorkIsAnsweredWithoutTheQueue() {
        door.queueIsDown = true;

        assertThat(door.status(Requests.delivery("{\"type\": \"ping\"}"))).isEqualTo(200);
    }

    @Test
    void nobodyIsRefusedWhileTheSecretCannotBeRead() {
        door.secret.failing = true;

        assertUnavailable();
        assertThat(door.log()).contains("\"outcome\":\"credentials\"", "CredentialsException");
    }

    private void assertUnavailable() {
        APIGatewayV2HTTPResponse response = door.send(Requests.delivery(Requests.BODY));

        assertThat(response.getStatusCode()).isEqualTo(503);
        assertThat(response.getBody()).contains("\"status\":\"unavailable\"");
        assertThat(door.stored).isEmpty();
    }
}
