package io.github.consentbridge.sync.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.sync.logging.Metric;
import io.github.consentbridge.sync.queue.Delivery;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Unusual deliveries of Didomi that are accepted, and what happens if a delivery cannot be stored. */
class DidomiAcceptedRequestTest {
    private final WebhookClient client = WebhookClient.didomi();

    private void assertStored(WebhookRequest request) {
        assertThat(client.status(request)).isEqualTo(202);
        assertThat(client.stored).extracting(Delivery::person).containsExactly("ada@example.org");
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
        client.send(Requests.delivery(Requests.BODY.replace("ada@", "\uD83D\uDE00@")));
        client.send(Requests.delivery(Requests.BODY.replace("ada@", "\\uD83D\\uDE00@")));

        assertThat(client.stored).extracting(Delivery::person).containsOnly("\uD83D\uDE00@example.org");
    }

    @Test
    void addressOnTheListIsLetIn() {
        WebhookClient listed = WebhookClient.didomi("\"didomi_source_ips\": [\"35.159.1.63\"],");

        assertThat(listed.status(Requests.delivery(Requests.BODY))).isEqualTo(202);
    }

    @Test
    void outcomesAreCounted() {
        client.send(Requests.delivery(Requests.BODY));
        client.send(Requests.delivery("{\"type\": \"ping\"}"));
        client.send(Requests.delivery("garbage"));

        assertThat(client.outcomeLog.totals())
                .containsAllEntriesOf(Map.of(
                        Metric.DELIVERIES_ACCEPTED, 1.0,
                        Metric.DELIVERIES_IGNORED, 1.0,
                        Metric.DELIVERIES_REFUSED, 1.0));
    }

    @Test
    void whatCannotBeStoredIsNotAccepted() {
        client.queueIsDown = true;

        assertUnavailable();
        assertThat(client.outcomeLog.totals()).containsEntry(Metric.DELIVERIES_ACCEPTED, 0.0);
        assertThat(client.log()).contains("\"outcome\":\"delivery not stored\"", "StorageException");
    }

    @Test
    void whatNeedsNoWorkIsAnsweredWithoutTheQueue() {
        client.queueIsDown = true;

        assertThat(client.status(Requests.delivery("{\"type\": \"ping\"}"))).isEqualTo(200);
    }

    @Test
    void nobodyIsRefusedWhileTheSecretCannotBeRead() {
        client.secret.failing = true;

        assertUnavailable();
        assertThat(client.log()).contains("\"outcome\":\"credentials\"", "CredentialsException");
    }

    private void assertUnavailable() {
        WebhookReply response = client.send(Requests.delivery(Requests.BODY));

        assertThat(response.status()).isEqualTo(503);
        assertThat(response.body()).contains("\"status\":\"unavailable\"");
        assertThat(client.stored).isEmpty();
    }
}
