package io.github.consentbridge.sync.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.sync.logging.Metric;
import io.github.consentbridge.sync.queue.Delivery;
import java.util.Base64;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DynamicsIntakeTest {
    /** Files in {@code events/} that are stored, and for which person. */
    private static final String SAMPLES = """
            update                 | ada@example.org
            create-with-defaults   | grace@example.org
            delete                 | renée@example.org
            column-cleared         | blaise@example.org
            choice-and-multichoice | o'brien@example.org
            boxed-values           | ada@example.org
            stripped               | ``
            missing-key            | ``
            bulk-update-row        | ada@example.org
            deactivated            | renée@example.org
            merged                 | blaise.old@example.org
            own-application-user   | ada@example.org
            """;

    private final WebhookClient client = WebhookClient.dynamics("\"on_contact_deleted\": \"withdraw\",");

    private final WebhookRequest update = SampleEvents.read("dynamics-update.json");

    private WebhookRequest withBody(String body) {
        return Requests.withBody(update, RequestBody.of(body));
    }

    private WebhookRequest withKey(String key) {
        return Requests.with(update, Requests.HEADER, key);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = SAMPLES)
    void sampleIsStored(String name, String person) {
        WebhookRequest sample = SampleEvents.read("dynamics-" + name + ".json");

        WebhookReply response = client.send(sample);

        assertThat(response.status()).isEqualTo(202);
        assertThat(response.body()).isEqualTo("{\"status\":\"queued\"}");
        assertThat(response.headers()).containsEntry("content-type", "application/json");
        assertThat(client.stored)
                .extracting(Delivery::side, Delivery::person, Delivery::body)
                .containsExactly(tuple(Side.DYNAMICS, person, Requests.text(sample)));
        assertThat(client.log()).doesNotContain("example.org").contains("delivery queued");
    }

    @Test
    void everySampleIsInTheTable() {
        Set<String> named = SAMPLES.lines()
                .map(line -> "dynamics-" + line.substring(0, line.indexOf('|')).strip() + ".json")
                .collect(Collectors.toCollection(HashSet::new));

        assertThat(named).containsExactlyInAnyOrderElementsOf(SampleEvents.names("dynamics"));
    }

    @Test
    void deletionIsIgnoredIfConsentIsKept() {
        WebhookClient keeping = WebhookClient.dynamics("");

        WebhookReply response = keeping.send(SampleEvents.read("dynamics-delete.json"));

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("{\"status\":\"ignored\",\"reason\":\"on_contact_deleted is keep\"}");
        assertThat(keeping.stored).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "demo-dynamics-key", "demo-dynamics-key-98765432100", "DEMO-DYNAMICS-KEY-9876543210"})
    void wrongKeyIsRefusedBeforeAnythingIsRead(String key) {
        WebhookRequest broken = Requests.withBody(withKey(key), RequestBody.of("{not JSON"));

        client.assertRefused(broken, 401, "missing or wrong credential");
    }

    @Test
    void missingKeyIsRefusedWithoutARefresh() {
        int status = client.status(Requests.without(update, Requests.HEADER));

        assertThat(status).isEqualTo(401);
        assertThat(client.secret.refreshes).isZero();
    }

    @Test
    void headerNameHasNoCase() {
        int status = client.status(Requests.with(
                Requests.without(update, Requests.HEADER), "X-Consent-Bridge-Key", StoredSecret.DYNAMICS_KEY));

        assertThat(status).isEqualTo(202);
    }

    @Test
    void rotatedKeyIsAcceptedAfterOneRefresh() {
        client.secret.rotate(StoredSecret.keys("next-webhook-key-0123456789", StoredSecret.DYNAMICS_KEY));

        int next = client.status(withKey("next-webhook-key-0123456789"));
        int previous = client.status(withKey(StoredSecret.DYNAMICS_KEY));

        assertThat(next).isEqualTo(202);
        assertThat(previous).isEqualTo(202);
        assertThat(client.secret.refreshes).isEqualTo(1);
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
        assertThat(client.status(withBody(body))).isEqualTo(status);
        assertThat(client.stored).isEmpty();
    }

    @Test
    void nestingIsBounded() {
        String deep = "[".repeat(65) + "]".repeat(65);

        assertThat(client.status(withBody("{\"MessageName\": \"Update\", \"x\": " + deep + "}")))
                .isEqualTo(400);
    }

    @Test
    void refusalRepeatsNothingOfTheBody() {
        WebhookReply response = client.send(withBody("{\"MessageName\": \"ada@example.org"));

        assertThat(response.body()).doesNotContain("ada");
        assertThat(client.log()).doesNotContain("ada@");
    }

    @Test
    void sizeEncodingMethodAndPathAreChecked() {
        assertThat(client.status(withBody(" ".repeat((1 << 20) + 1)))).isEqualTo(413);
        assertThat(client.status(Requests.with(update, "content-encoding", "gzip")))
                .isEqualTo(415);
        assertThat(client.status(Requests.withPath(update, "/webhooks/other"))).isEqualTo(404);
        WebhookReply get = client.send(Requests.withMethod(update, "GET"));
        assertThat(get.status()).isEqualTo(405);
        assertThat(get.headers()).containsEntry("allow", "POST");
    }

    @Test
    void unpairedSurrogateBesideTheChoiceLosesNothing() {
        String body = Requests.text(update)
                .replaceFirst(
                        "\"Attributes\":\\[", "\"Attributes\":[{\"key\":\"firstname\",\"value\":\"Zo\\\\ud83d\"},");

        assertThat(body).contains("Zo\\ud83d");
        assertThat(client.status(withBody(body))).isEqualTo(202);
        assertThat(client.stored).extracting(Delivery::body).containsExactly(body);
    }

    @Test
    void unpairedSurrogateInTheKeyIsRefused() {
        String body = Requests.text(update).replace("ada@example.org", "ada\\ud83d@example.org");

        client.assertRefused(withBody(body), 400, "`emailaddress1` contains an unpaired surrogate (`\\\\ud83d`)");
    }

    @Test
    void base64AndByteOrderMarkAreUnderstood() {
        String body = "\uFEFF" + Requests.text(update);

        int status = client.status(Requests.withBody(
                update, RequestBody.ofBase64(Base64.getEncoder().encodeToString(body.getBytes(UTF_8)))));

        assertThat(status).isEqualTo(202);
        assertThat(client.stored.get(0).body()).isEqualTo(body);
    }

    @Test
    void ourOwnFailureIsAlways503() {
        client.queueIsBroken = true;
        int broken = client.status(update);
        client.queueIsDown = true;
        int notStored = client.status(update);
        client.secret.failing = true;
        int noSecret = client.status(update);

        assertThat(notStored).isEqualTo(503);
        assertThat(noSecret).isEqualTo(503);
        assertThat(broken).isEqualTo(503);
    }

    @Test
    void everyOutcomeIsCounted() {
        client.status(update);
        client.status(withKey("wrong"));
        client.status(withBody("{\"MessageName\": \"Assign\", \"PrimaryEntityName\": \"x\"}"));

        Map<Metric, Double> totals = client.counted.totals();
        assertThat(totals).containsEntry(Metric.DELIVERIES_ACCEPTED, 1.0);
        assertThat(totals).containsEntry(Metric.DELIVERIES_REFUSED, 1.0);
        assertThat(totals).containsEntry(Metric.DELIVERIES_IGNORED, 1.0);
    }
}
