package io.github.consentbridge.sync.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.sync.logging.Metric;
import io.github.consentbridge.sync.queue.Delivery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DidomiIntakeTest {
    private static final String TABLE = "/io/github/consentbridge/sync/intake/didomi-sample-events.csv";
    private static final String NO_JSON = "the body is not JSON, or is nested deeper than 64";
    private static final String NO_OBJECT = "the body is not a JSON object";

    private final WebhookClient client = WebhookClient.didomi();

    @ParameterizedTest
    @CsvFileSource(resources = TABLE, numLinesToSkip = 1)
    void sampleIsAnswered(String file, int status, @Nullable String reason, @Nullable String person) {
        WebhookReply response = client.send(SampleEvents.read(file));

        assertThat(response.status()).isEqualTo(status);
        assertThat(response.headers()).containsEntry("content-type", "application/json");
        assertThat(response.body()).isEqualTo(body(status, reason));
        assertThat(client.stored).extracting(Delivery::person).isEqualTo(person == null ? List.of() : List.of(person));
    }

    private static String body(int status, @Nullable String reason) {
        return switch (status) {
            case 202 -> "{\"status\":\"queued\"}";
            case 200 -> "{\"status\":\"ignored\",\"reason\":\"%s\"}".formatted(reason);
            default -> "{\"status\":\"refused\",\"reason\":\"%s\"}".formatted(reason);
        };
    }

    @Test
    void everySampleIsInTheTable() throws IOException {
        String table = Files.readString(Path.of("src", "test", "resources", TABLE));

        assertThat(SampleEvents.names("didomi"))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(table).contains("\n" + name + ","));
    }

    @Test
    void bodyIsStoredAsItWasSent() {
        WebhookRequest plain = SampleEvents.read("didomi-event-created.json");

        client.send(plain);
        client.send(SampleEvents.read("didomi-base64-body.json"));

        assertThat(client.stored.get(0).body()).isEqualTo(Requests.text(plain));
        assertThat(client.stored.get(1).body())
                .startsWith("{\"type\":\"event.created\"")
                .contains("renée@example.org");
        assertThat(client.stored).extracting(Delivery::receivedAt).containsOnly(WebhookClient.NOW);
    }

    private static WebhookRequest ofOrganization(String member) {
        return Requests.delivery("""
                {"type": "event.created", "regulation": "gdpr", "parameters": {"entity": {
                  "id": "e-1", %s "created_at": "2026-10-10T09:00:00Z",
                  "user": {"id": "u-1", "organization_user_id": "ada@example.org"},
                  "consents": {"purposes": [{"id": "newsletter", "enabled": false}]}}}}""".formatted(member));
    }

    @Test
    void deliveryOfAnotherOrganizationIsIgnored() {
        WebhookReply response = client.send(ofOrganization("\"organization_id\": \"zenith\","));

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(body(200, "another organization"));
        assertThat(client.stored).isEmpty();
        assertThat(client.counted.totals()).containsEntry(Metric.DELIVERIES_IGNORED, 1.0);
        assertThat(client.log()).contains("\"why\":\"another organization\"").doesNotContain("zenith");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"organization_id\": null,", "\"organization_id\": \"acme\","})
    void deliveryThatNamesOursOrNoneIsStored(String member) {
        assertThat(client.status(ofOrganization(member))).isEqualTo(202);
    }

    @Test
    void organizationOfTheSecretCounts() {
        WebhookClient bySecret = WebhookClient.didomiOfSecret("umbrella");

        assertThat(bySecret.status(ofOrganization("\"organization_id\": \"acme\",")))
                .isEqualTo(200);
        assertThat(bySecret.status(ofOrganization("\"organization_id\": \"umbrella\",")))
                .isEqualTo(202);
        assertThat(bySecret.stored).hasSize(1);
    }

    /** Only the worker knows our environment. */
    @Test
    void eventOfABridgeIsStoredWhoseverItIs() {
        assertThat(client.status(
                        ofOrganization("\"metadata\": {\"origin\": \"consent-bridge\", \"environment\": \"e1\"},")))
                .isEqualTo(202);
    }

    @Test
    void redeliveryHasTheSameIdHoweverOften() {
        for (int time = 0; time < 100; time++) {
            assertThat(client.status(SampleEvents.read("didomi-user-updated.json")))
                    .isEqualTo(202);
        }

        assertThat(client.stored)
                .hasSize(100)
                .extracting(Delivery::id)
                .containsOnly(client.stored.get(0).id());
    }

    @Test
    void differentDeliveriesHaveDifferentIds() {
        SampleEvents.names("didomi").forEach(name -> client.send(SampleEvents.read(name)));

        assertThat(client.stored).hasSize(11).extracting(Delivery::id).doesNotHaveDuplicates();
    }

    @Test
    void logNamesNoPersonAndNoSecret() {
        SampleEvents.names("didomi").forEach(name -> client.send(SampleEvents.read(name)));
        client.queueIsDown = true;
        client.send(SampleEvents.read("didomi-event-created.json"));
        client.secret.failing = true;
        client.send(SampleEvents.read("didomi-event-created.json"));

        assertThat(client.log().lines()).hasSize(SampleEvents.names("didomi").size() + 2);
        assertThat(client.log())
                .doesNotContain("@", "example.org", "blaise", "brien", "renée", "ren\\u00")
                .doesNotContain("webhook-key", "a-log-key", "newsletter", "7c1f4b1e");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "garbage ada@example.org", "{", "{\"type\": \"event.created\"} {}", "\uFEFF"})
    void bodyThatIsNotJsonIsRefused(String body) {
        WebhookReply response = client.send(Requests.delivery(body));

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.body()).doesNotContain("ada", "garbage").contains("\"status\":\"refused\"");
        assertThat(client.counted.totals()).containsEntry(Metric.DELIVERIES_REFUSED, 1.0);
        assertThat(client.stored).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "[{\"type\": \"event.created\"}]", "5", "\"event.created\"", "true", "null"})
    void jsonThatIsNoObjectIsRefused(String body) {
        client.assertRefused(Requests.delivery(body), 400, NO_OBJECT);
    }

    @ParameterizedTest
    @CsvSource({
        "{}, `type` is missing or not a string",
        "'{\"type\": \"event.created\"}', `parameters` is missing or not an object",
        "'{\"type\": \"user.updated\", \"parameters\": {}}', `entity` is missing or not an object"
    })
    void wrongShapeIsRefused(String body, String reason) {
        client.assertRefused(Requests.delivery(body), 400, reason);
    }

    @Test
    void nestingOf64IsTaken() {
        assertThat(client.status(Requests.delivery(nested(63)))).isEqualTo(202);
        assertThat(client.stored).extracting(Delivery::person).containsExactly("ada@example.org");
    }

    @Test
    void nestingDeeperThan64IsRefused() {
        client.assertRefused(Requests.delivery(nested(64)), 400, NO_JSON);
        client.assertRefused(Requests.delivery("[".repeat(1 << 20)), 400, NO_JSON);
    }

    /** A delivery with arrays in an object: one level more than the arrays. */
    private static String nested(int arrays) {
        return Requests.BODY.replaceFirst("\\{", "{\"deep\": " + "[".repeat(arrays) + "]".repeat(arrays) + ", ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ada\\uD83D", "\\ude00ada", "a\\uDE00\\uD83Dda"})
    void escapedUnpairedSurrogateInTheKeyIsRefused(String person) {
        client.assertRefused(
                Requests.delivery(Requests.BODY.replace("ada", person)),
                400,
                "`organization_user_id` contains an unpaired surrogate (`\\\\ud83d`)");
    }

    @Test
    void unpairedSurrogateBesideTheChoiceLosesNothing() {
        String body = Requests.BODY.replace(
                "\"status\"", "\"first_name\": \"Zo\\ud83d\", \"metadata\": {\"\\ud83d\": 1}, \"status\"");

        assertThat(client.status(Requests.delivery(body))).isEqualTo(202);
        assertThat(client.stored).extracting(Delivery::body).containsExactly(body);
    }

    @Test
    void memberOfAWrongTypeIsNamed() {
        client.assertRefused(
                Requests.delivery(Requests.BODY.replaceFirst("\\[.*]", "7")),
                400,
                "`entity.consents.purposes` is not a list");
    }

    @Test
    void charactersOutsideTheBasicPlaneAreKept() {
        client.send(Requests.delivery(Requests.BODY.replace("ada@", "\uD83D\uDE00@")));
        client.send(Requests.delivery(Requests.BODY.replace("ada@", "\\uD83D\\uDE00@")));

        assertThat(client.stored).extracting(Delivery::person).containsOnly("\uD83D\uDE00@example.org");
    }

    /** What a "send a test" button may send: the samples of the documentation lack members that real events have. */
    @ParameterizedTest
    @CsvSource({
        "event.created, '\"user\": {\"organization_user_id\": \"iris@example.org\"}', 202",
        "event.created, '\"created_at\": \"2026-10-10T09:00:00Z\"', 200",
        "event.deleted, '\"created_at\": \"2026-10-10T09:00:00Z\"', 200",
        "event.deleted, '\"user\": {\"organization_user_id\": \"iris@example.org\"}', 202",
        "event.updated, '\"created_at\": \"2026-10-10T09:00:00Z\"', 200"
    })
    void leanSampleOfTheDocumentationIsNotRefused(String type, String member, int status) {
        WebhookReply reply = client.send(Requests.delivery("""
                {"type": "%s", "parameters": {"entity": {"id": "6d4e", %s}}}""".formatted(type, member)));

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.body())
                .isEqualTo(
                        status == 202
                                ? "{\"status\":\"queued\"}"
                                : "{\"status\":\"ignored\",\"reason\":\"no organization user id\"}");
        assertThat(client.counted.totals())
                .containsEntry(status == 202 ? Metric.DELIVERIES_ACCEPTED : Metric.DELIVERIES_IGNORED, 1.0);
        assertThat(client.stored).hasSize(status == 202 ? 1 : 0);
    }
}
