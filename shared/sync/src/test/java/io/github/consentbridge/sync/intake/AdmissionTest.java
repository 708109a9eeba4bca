package io.github.consentbridge.sync.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.sync.logging.Metric;
import io.github.consentbridge.sync.registration.BridgeUrl;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused by its head, so that its body need not be read. */
class AdmissionTest {
    private final WebhookClient client = WebhookClient.didomi("\"didomi_source_ips\": [\"35.159.1.63\"],");
    private final WebhookRequest delivery = Requests.delivery(Requests.BODY);

    @BeforeEach
    void haveAKeyAndAClient() {
        client.secret.hold(StoredSecret.keys(StoredSecret.KEY) + ", "
                + StoredSecret.client(StoredSecret.CLIENT, StoredSecret.CLIENT_SECRET));
    }

    private void assertRefused(WebhookRequest request, int status) {
        assertThat(client.check(request))
                .isInstanceOfSatisfying(
                        Admission.Refused.class,
                        refused -> assertThat(refused.reply().status()).isEqualTo(status));
    }

    private Admission.Admitted admitted(WebhookRequest request) {
        return assertThat(client.check(request))
                .asInstanceOf(InstanceOfAssertFactories.type(Admission.Admitted.class))
                .actual();
    }

    @Test
    void headIsEnoughForARefusal() {
        assertRefused(Requests.withPath(delivery, "/webhooks/other"), 404);
        assertRefused(Requests.withMethod(delivery, "GET"), 405);
        assertRefused(Requests.from(delivery, "35.159.1.64"), 403);
        assertRefused(Requests.withKey("wrong"), 401);
        assertRefused(Requests.with(delivery, "content-encoding", "gzip"), 415);
        assertRefused(Requests.with(delivery, "content-length", "1048577"), 413);
    }

    @Test
    void failureToCheckIsUnavailable() {
        client.secret.failing = true;

        assertRefused(delivery, 503);
    }

    @Test
    void refusalIsCountedOnce() {
        client.check(Requests.withKey("wrong"));

        assertThat(client.counted.totals()).containsEntry(Metric.DELIVERIES_REFUSED, 1.0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1048576", "0", "", "many", "-1"})
    void lengthWithinTheBoundOrUnknownIsAdmitted(String length) {
        assertThat(admitted(Requests.with(delivery, "content-length", length)).maxBytes())
                .isEqualTo(1 << 20);
    }

    @Test
    void admittedBodyIsStored() {
        WebhookReply reply = admitted(delivery).accept(delivery.body());

        assertThat(reply.status()).isEqualTo(202);
        assertThat(client.stored).hasSize(1);
    }

    @Test
    void admittedBodyMayStillBeRefused() {
        assertThat(admitted(delivery).accept(RequestBody.of("garbage")).status())
                .isEqualTo(400);
        assertThat(admitted(delivery).accept(RequestBody.tooLarge(1 << 20)).body())
                .isEqualTo("{\"status\":\"refused\",\"reason\":\"larger than 1 MiB\"}");
        assertThat(client.stored).isEmpty();
    }

    @Test
    void tokenRequestIsCheckedByItsHeaderIfItHasOne() {
        assertRefused(TokenRequests.basic("somebody:else", ""), 401);
        assertThat(admitted(TokenRequests.basic(StoredSecret.CLIENT + ":" + StoredSecret.CLIENT_SECRET, ""))
                        .maxBytes())
                .isEqualTo(1 << 14);
        assertThat(admitted(TokenRequests.form("")).maxBytes()).isEqualTo(1 << 14);
    }

    @Test
    void tokenIsForNobodyIfTheSecretHasNoClient() {
        client.secret.hold(StoredSecret.keys(StoredSecret.KEY));

        assertRefused(TokenRequests.form("grant_type=client_credentials"), 401);
    }

    @ParameterizedTest
    @CsvSource({"content-length, 16385, 413", "content-encoding, br, 415"})
    void tokenRequestIsRefusedByWhatItsHeadSaysOfTheBody(String header, String value, int status) {
        assertRefused(Requests.with(TokenRequests.form(""), header, value), status);
    }

    @Test
    void headShowsNoKey() {
        RequestHead head = new RequestHead("POST", BridgeUrl.DIDOMI_PATH, Map.of("x-key", StoredSecret.KEY), "");

        assertThat(head).hasToString("RequestHead[POST /webhooks/didomi]");
    }
}
