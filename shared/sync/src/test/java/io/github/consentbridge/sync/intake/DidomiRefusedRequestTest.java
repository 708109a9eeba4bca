package io.github.consentbridge.sync.intake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.sync.logging.Metric;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests from Didomi that are refused. Nothing of them is stored or repeated. */
class DidomiRefusedRequestTest {
    private static final String NO_JSON = "the body is not JSON, or is nested deeper than 64";
    private static final String NO_OBJECT = "the body is not a JSON object";
    private static final String NO_TEXT = "the body is not text in UTF-8";
    private static final String MIB_OF_BLANKS = " ".repeat((1 << 20) - Requests.BODY.length());

    private WebhookClient client = WebhookClient.didomi();

    @AfterEach
    void nothingWasStored() {
        assertThat(client.stored).isEmpty();
    }

    private void assertRefused(WebhookRequest request, int status, String reason) {
        WebhookReply response = client.send(request);

        assertThat(response.status()).isEqualTo(status);
        assertThat(response.body()).isEqualTo("{\"status\":\"refused\",\"reason\":\"" + reason + "\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "garbage ada@example.org", "{", "{\"type\": \"event.created\"} {}", "\uFEFF"})
    void bodyThatIsNotJsonIsRefused(String body) {
        WebhookReply response = client.send(Requests.delivery(body));

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.body()).doesNotContain("ada", "garbage").contains("\"status\":\"refused\"");
        assertThat(client.outcomeLog.totals()).containsEntry(Metric.DELIVERIES_REFUSED, 1.0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "[{\"type\": \"event.created\"}]", "5", "\"event.created\"", "true", "null"})
    void jsonThatIsNoObjectIsRefused(String body) {
        assertRefused(Requests.delivery(body), 400, NO_OBJECT);
    }

    @ParameterizedTest
    @CsvSource({
        "{}, `type` is missing or not a text",
        "'{\"type\": \"event.created\"}', `parameters` is missing or not an object",
        "'{\"type\": \"user.updated\", \"parameters\": {}}', `entity` is missing or not an object"
    })
    void wrongShapeIsRefused(String body, String reason) {
        assertRefused(Requests.delivery(body), 400, reason);
    }

    @Test
    void nestingDeeperThan64IsRefused() {
        assertRefused(Requests.delivery(nested(64)), 400, NO_JSON);
        assertRefused(Requests.delivery("[".repeat(1 << 20)), 400, NO_JSON);
    }

    /** A delivery with arrays in an object: one level more than the arrays. */
    private static String nested(int arrays) {
        return Requests.BODY.replaceFirst("\\{", "{\"deep\": " + "[".repeat(arrays) + "]".repeat(arrays) + ", ");
    }

    @Test
    void bodyOfMoreThanOneMebibyteIsRefused() {
        assertRefused(Requests.delivery(Requests.BODY + MIB_OF_BLANKS + " "), 413, "larger than 1 MiB");
        assertRefused(Requests.delivery("x".repeat(10_000_000)), 413, "larger than 1 MiB");
    }

    @Test
    void sizeIsCountedInBytes() {
        assertRefused(Requests.delivery("é".repeat((1 << 19) + 1)), 413, "larger than 1 MiB");
    }

    @Test
    void base64BodyOfMoreThanOneMebibyteIsRefused() {
        assertRefused(Requests.encoded(Requests.BODY + MIB_OF_BLANKS + " "), 413, "larger than 1 MiB");
        assertRefused(Requests.encoded(new byte[10_000_000]), 413, "larger than 1 MiB");
    }

    @Test
    void bytesOfMoreThanOneMebibyteAreRefused() {
        assertRefused(Requests.delivery(new byte[(1 << 20) + 1]), 413, "larger than 1 MiB");
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() {
        String accented = Requests.BODY.replace("ada", "adé");
        byte[] overlong = {'"', (byte) 0xC0, (byte) 0x80, '"'};

        for (byte[] body : List.of(accented.getBytes(ISO_8859_1), Requests.BODY.getBytes(UTF_16), overlong)) {
            assertRefused(Requests.encoded(body), 400, NO_TEXT);
            assertRefused(Requests.delivery(body), 400, NO_TEXT);
        }
    }

    @Test
    void bodyThatIsNotBase64AsPromisedIsRefused() {
        assertRefused(Requests.delivery(RequestBody.ofBase64(Requests.BODY)), 400, NO_TEXT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ada\uD83D", "\uDE00ada", "a\uDE00\uD83Dda"})
    void halfACharacterIsRefused(String person) {
        assertRefused(Requests.delivery(Requests.BODY.replace("ada", person)), 400, NO_TEXT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ada\\uD83D", "\\ude00ada", "a\\uDE00\\uD83Dda"})
    void halfACharacterIsRefusedHoweverItIsWritten(String person) {
        assertRefused(Requests.delivery(Requests.BODY.replace("ada", person)), 400, "a text holds half of a character");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "GZIP", "br", "deflate", "gzip, identity"})
    void encodedContentIsRefused(String encoding) {
        assertRefused(
                Requests.with(Requests.delivery(Requests.BODY), "content-encoding", encoding),
                415,
                "only unencoded bodies are understood");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/webhooks", "/webhooks/didomi/", "/webhooks/dynamics", "/WEBHOOKS/DIDOMI"})
    void otherPathIsUnknown(String path) {
        assertRefused(Requests.withPath(Requests.delivery(Requests.BODY), path), 404, "unknown path");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "post", ""})
    void otherMethodIsRefused(String method) {
        assertRefused(Requests.withMethod(Requests.delivery(Requests.BODY), method), 405, "only POST is answered here");
    }

    @Test
    void requestWithoutHeadersIsRefused() {
        WebhookRequest request = Requests.withHeaders(Requests.delivery(Requests.BODY), Map.of());

        assertRefused(request, 401, "missing or wrong credential");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "35.159.1.64", "::1", "nowhere"})
    void addressThatIsNotOnTheListIsRefusedWhateverItsKey(String address) {
        client = WebhookClient.didomi("\"didomi_source_ips\": [\"35.159.1.63\"],");
        WebhookRequest request = Requests.from(Requests.delivery(Requests.BODY), address);

        assertRefused(request, 403, "this address is not on the allow list");
    }
}
