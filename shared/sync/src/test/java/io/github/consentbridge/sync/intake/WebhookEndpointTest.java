package io.github.consentbridge.sync.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.sync.logging.Metric;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookEndpointTest {
    private static final String BEHIND_A_PROXY =
            "\"didomi_source_ips\": [\"35.159.1.63\"], \"trusted_proxies\": [\"130.176.0.0/17\"],";

    private final WebhookClient client = WebhookClient.didomi();

    private void assertUnavailable() {
        WebhookReply response = client.send(Requests.delivery(Requests.BODY));

        assertThat(response.status()).isEqualTo(503);
        assertThat(response.body()).contains("\"status\":\"unavailable\"");
        assertThat(client.stored).isEmpty();
        assertThat(client.counted.totals()).containsEntry(Metric.DELIVERIES_NOT_STORED, 1.0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/webhooks",
                "/webhooks/didomi/",
                "/webhooks/dynamics",
                "/WEBHOOKS/DIDOMI",
                "webhooks/didomi",
                "/prod/webhooks",
                "/prodwebhooks/didomi",
                "/prod/webhooks/didomi/",
                "/webhooks/didomi/extra",
                "/webhooks/didomi/../extra",
                "/webhooks%2Fdidomi",
                "/prod/didomi"
            })
    void otherPathIsUnknown(String path) {
        client.assertRefused(Requests.withPath(Requests.delivery(Requests.BODY), path), 404, "unknown path");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "post", ""})
    void otherMethodIsRefused(String method) {
        client.assertRefused(
                Requests.withMethod(Requests.delivery(Requests.BODY), method), 405, "only POST is answered here");
    }

    @Test
    void requestWithoutHeadersIsRefused() {
        WebhookRequest request = Requests.withHeaders(Requests.delivery(Requests.BODY), Map.of());

        client.assertRefused(request, 401, "missing or wrong credential");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "35.159.1.64", "::1", "nowhere"})
    void addressThatIsNotOnTheListIsRefusedWhateverItsKey(String address) {
        WebhookClient listed = WebhookClient.didomi("\"didomi_source_ips\": [\"35.159.1.63\"],");
        WebhookRequest request = Requests.from(Requests.delivery(Requests.BODY), address);

        listed.assertRefused(request, 403, "this address is not on the allow list");
    }

    @Test
    void addressOnTheListIsAccepted() {
        WebhookClient listed = WebhookClient.didomi("\"didomi_source_ips\": [\"35.159.1.63\"],");

        assertThat(listed.status(Requests.delivery(Requests.BODY))).isEqualTo(202);
    }

    /** A proxy appends the address that called it; what stands further left, the sender may have written. */
    @ParameterizedTest
    @CsvSource({
        "'35.159.1.63, 130.176.1.2', 202",
        "'198.51.100.9, 35.159.1.63, 130.176.1.2', 202",
        "35.159.1.63, 202",
        "'35.159.1.63, 198.51.100.9, 130.176.1.2', 403",
        "'198.51.100.9, 130.176.1.2', 403",
        "130.176.1.2, 403"
    })
    void addressBehindATrustedProxyIsTheOneTheProxyNames(String forwardedFor, int status) {
        WebhookClient listed = WebhookClient.didomi(BEHIND_A_PROXY);
        WebhookRequest request = Requests.with(Requests.delivery(Requests.BODY), "X-Forwarded-For", forwardedFor);

        assertThat(listed.status(Requests.from(request, "130.176.1.2"))).isEqualTo(status);
    }

    @Test
    void callerThatIsNoTrustedProxyIsTheSenderWhateverItForwards() {
        WebhookClient listed = WebhookClient.didomi(BEHIND_A_PROXY);
        WebhookRequest forged =
                Requests.with(Requests.delivery(Requests.BODY), "x-forwarded-for", "35.159.1.63, 130.176.1.2");

        assertThat(listed.status(Requests.from(forged, "198.51.100.9"))).isEqualTo(403);
    }

    @Test
    void outcomesAreCounted() {
        client.send(Requests.delivery(Requests.BODY));
        client.send(Requests.delivery("{\"type\": \"ping\"}"));
        client.send(Requests.delivery("garbage"));

        assertThat(client.counted.totals())
                .containsAllEntriesOf(Map.of(
                        Metric.DELIVERIES_ACCEPTED, 1.0,
                        Metric.DELIVERIES_IGNORED, 1.0,
                        Metric.DELIVERIES_REFUSED, 1.0));
    }

    @Test
    void whatCannotBeStoredIsNotAccepted() {
        client.queueIsDown = true;

        assertUnavailable();
        assertThat(client.counted.totals()).containsEntry(Metric.DELIVERIES_ACCEPTED, 0.0);
        assertThat(client.log()).contains("\"outcome\":\"delivery not stored\"", "StorageException");
    }

    @Test
    void whatTheQueueCanNeverTakeIsTooLarge() {
        client.queueIsTooSmall = true;

        client.assertRefused(Requests.delivery(Requests.BODY), 413, "larger than the queue takes");

        assertThat(client.counted.totals()).containsEntry(Metric.DELIVERIES_REFUSED, 1.0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/prod", "/v1/consent", "/webhooks/dynamics", "/webhooks/didomi"})
    void routeIsFoundBehindAStageOrBasePath(String base) {
        WebhookRequest request = Requests.delivery(Requests.BODY);

        assertThat(client.status(Requests.withPath(request, base + "/webhooks/didomi")))
                .isEqualTo(202);
        assertThat(client.status(Requests.withMethod(Requests.withPath(request, base + "/webhooks/didomi"), "GET")))
                .isEqualTo(405);
        assertThat(client.status(Requests.withPath(request, base + "/oauth/token")))
                .isEqualTo(401);
    }

    @Test
    void whatNeedsNoWorkIsAnsweredWithoutTheQueue() {
        client.queueIsDown = true;

        assertThat(client.status(Requests.delivery("{\"type\": \"ping\"}"))).isEqualTo(200);
    }

    @Test
    void requestIsNotRefusedWhileTheSecretCannotBeRead() {
        client.secret.failing = true;

        assertUnavailable();
        assertThat(client.log()).contains("\"outcome\":\"credentials\"", "CredentialsException");
    }
}
