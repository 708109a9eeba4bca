package io.github.consentbridge.functions.didomi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import io.github.consentbridge.sync.logging.Metric;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests from the right sender that are not taken. Nothing of them is stored or repeated. */
class RefusedRequestTest {
    private static final String NO_JSON = "the body is not JSON, or is nested deeper than 64";
    private static final String NO_OBJECT = "the body is not a JSON object";
    private static final String NO_TEXT = "the body is not text in UTF-8";
    private static final String MIB_OF_BLANKS = " ".repeat((1 << 20) - Requests.BODY.length());

    private WebhookClient door = new WebhookClient();

    @AfterEach
    void nothingWasStored() {
        assertThat(door.stored).isEmpty();
    }

    private void assertRefused(APIGatewayV2HTTPEvent request, int status, String reason) {
        APIGatewayV2HTTPResponse response = door.send(request);

        assertThat(response.getStatusCode()).isEqualTo(status);
        assertThat(response.getBody()).isEqualTo("{\"status\":\"refused\",\"reason\":\"" + reason + "\"}");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "garbage ada@example.org", "{", "{\"type\": \"event.created\"} {}", "\uFEFF"})
    void bodyThatIsNotJsonIsRefused(@Nullable String body) {
        APIGatewayV2HTTPResponse response = door.send(Requests.delivery(body));

        assertThat(response.getStatusCode()).isEqualTo(400);
        assertThat(response.getBody()).doesNotContain("ada", "garbage").contains("\"status\":\"refused\"");
        assertThat(door.outcomeLog.totals()).containsEntry(Metric.DELIVERIES_REFUSED, 1.0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "[{\"type\": \"event.created\"}]", "5", "\"event.created\"", "true", "null"})
    void jsonThatIsNoObjectIsRefused(String body) {
        assertRefused(Requests.delivery(body), 400, NO_OBJECT);
    }

    @ParameterizedTest
    @CsvSource({
        "{}, `type` is missing or not a string",
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
    void bytesThatAreNotUtf8AreRefused() {
        String accented = Requests.BODY.replace("ada", "adé");

        assertRefused(Requests.encoded(accented.getBytes(ISO_8859_1)), 400, NO_TEXT);
        assertRefused(Requests.encoded(Requests.BODY.getBytes(UTF_16)), 400, NO_TEXT);
        assertRefused(Requests.encoded(new byte[] {'"', (byte) 0xC0, (byte) 0x80, '"'}), 400, NO_TEXT);
    }

    @Test
    void bodyThatIsNotBase64AsPromisedIsRefused() {
        APIGatewayV2HTTPEvent request = Requests.delivery(Requests.BODY);
        request.setIsBase64Encoded(true);

        assertRefused(request, 400, NO_TEXT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ada\uD83D", "\uDE00ada", "a\uDE00\uD83Dda"})
    void unpairedSurrogateIsRefused(String person) {
        assertRefused(Requests.delivery(Requests.BODY.replace("ada", person)), 400, NO_TEXT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ada\\uD83D", "\\ude00ada", "a\\uDE00\\uD83Dda"})
    void escapedUnpairedSurrogateIsRefused(String person) {
        assertRefused(
                Requests.delivery(Requests.BODY.replace("ada", person)),
                400,
                "contains an unpaired surrogate (`\\\\ud83d`)");
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
        APIGatewayV2HTTPEvent request = Requests.delivery(Requests.BODY);
        request.setRawPath(path);

        assertRefused(request, 404, "unknown path");
    }

    @Test
    void requestWithoutAPathIsUnknown() {
        assertRefused(new APIGatewayV2HTTPEvent(), 404, "unknown path");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "post", ""})
    void otherMethodIsRefused(String method) {
        APIGatewayV2HTTPEvent request = Requests.delivery(Requests.BODY);
        request.setRequestContext(Requests.context(method, DidomiWebhookHandler.PATH));

        assertRefused(request, 405, "only POST is answered here");
    }

    @Test
    void requestWithoutContextIsRefused() {
        APIGatewayV2HTTPEvent request = Requests.delivery(Requests.BODY);
        request.setRequestContext(null);
        APIGatewayV2HTTPEvent empty = Requests.delivery(Requests.BODY);
        empty.setRequestContext(new APIGatewayV2HTTPEvent.RequestContext());

        assertRefused(request, 405, "only POST is answered here");
        assertRefused(empty, 405, "only POST is answered here");
    }

    @Test
    void requestWithoutHeadersIsNobodys() {
        APIGatewayV2HTTPEvent request = Requests.delivery(Requests.BODY);
        request.setHeaders(null);

        assertRefused(request, 401, "missing or wrong credential");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "35.159.1.64", "::1", "nowhere"})
    void addressThatIsNotOnTheListIsRefusedWhateverItsKey(@Nullable String address) {
        door = new WebhookClient(WebhookClient.published("\"didomi_source_ips\": [\"35.159.1.63\"],"));
        APIGatewayV2HTTPEvent request = Requests.delivery(Requests.BODY);
        request.getRequestContext().getHttp().setSourceIp(address);

        assertRefused(request, 403, "this address is not on the allow list");
    }
}
