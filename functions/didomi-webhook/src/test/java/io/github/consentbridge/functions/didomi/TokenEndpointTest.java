package io.github.consentbridge.functions.didomi;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.consentbridge.sync.logging.Metric;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets a token, and what the others are told. */
class TokenEndpointTest {
    private static final String NEW_SECRET = "rotated-client-secret-0123456789";
    private static final String SIGNS = "a+b%2Fc&d=e:f/g?h;!~";

    private final WebhookClient door = new WebhookClient();

    @BeforeEach
    void haveAClient() {
        door.secret.hold(StoredSecret.client(
                StoredSecret.CLIENT, StoredSecret.CLIENT_SECRET, StoredSecret.PREVIOUS_CLIENT_SECRET));
    }

    private static APIGatewayV2HTTPEvent request(String secret) {
        return TokenRequests.FORM.request(StoredSecret.CLIENT, secret, TokenRequests.GRANT);
    }

    private void assertIssued(APIGatewayV2HTTPEvent request) throws JsonProcessingException {
        APIGatewayV2HTTPResponse response = door.send(request);
        JsonNode body = new JsonMapper().readTree(response.getBody());

        assertThat(response.getStatusCode()).isEqualTo(200);
        assertThat(response.getHeaders())
                .containsOnly(Map.entry("content-type", "application/json"), Map.entry("cache-control", "no-store"));
        assertThat(body.properties()).hasSize(3);
        assertThat(body.path("access_token").textValue()).isNotEmpty();
        assertThat(body.path("token_type").textValue()).isEqualTo("Bearer");
        assertThat(body.path("expires_in").intValue()).isEqualTo(86_400);
    }

    private void assertError(APIGatewayV2HTTPEvent request, int status, String error) {
        APIGatewayV2HTTPResponse response = door.send(request);

        assertThat(response.getStatusCode()).isEqualTo(status);
        assertThat(response.getBody()).isEqualTo("{\"error\":\"" + error + "\"}");
        assertThat(response.getHeaders()).containsEntry("cache-control", "no-store");
    }

    private void assertInvalidClient(APIGatewayV2HTTPEvent request) {
        assertError(request, 401, "invalid_client");
        assertThat(door.send(request).getHeaders()).containsEntry("www-authenticate", "Basic realm=\"consent-bridge\"");
    }

    @ParameterizedTest
    @EnumSource
    void clientGetsATokenHoweverItAsks(TokenRequests way) throws JsonProcessingException {
        assertIssued(way.request(StoredSecret.CLIENT, StoredSecret.CLIENT_SECRET, TokenRequests.GRANT));
        assertIssued(way.request(StoredSecret.CLIENT, StoredSecret.PREVIOUS_CLIENT_SECRET, TokenRequests.GRANT));
        assertThat(door.secret.refreshes).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void signsInTheSecretSurvive(TokenRequests way) throws JsonProcessingException {
        door.secret.hold(StoredSecret.client(StoredSecret.CLIENT, SIGNS));

        assertIssued(way.request(StoredSecret.CLIENT, SIGNS, TokenRequests.GRANT));
    }

    @ParameterizedTest
    @EnumSource
    void otherClientGetsNone(TokenRequests way) {
        assertInvalidClient(way.request(StoredSecret.CLIENT, "wrong-client-secret", TokenRequests.GRANT));
        assertInvalidClient(way.request("other-client", StoredSecret.CLIENT_SECRET, TokenRequests.GRANT));
        assertInvalidClient(way.request(StoredSecret.CLIENT_SECRET, StoredSecret.CLIENT, TokenRequests.GRANT));
        assertInvalidClient(way.request(StoredSecret.CLIENT, "", TokenRequests.GRANT));
        assertInvalidClient(way.request("", "", "password"));
    }

    @ParameterizedTest
    @EnumSource
    void otherGrantIsRefused(TokenRequests way) {
        for (String grantType : new String[] {"password", "authorization_code", "CLIENT_CREDENTIALS", "x"}) {
            assertError(
                    way.request(StoredSecret.CLIENT, StoredSecret.CLIENT_SECRET, grantType),
                    400,
                    "unsupported_grant_type");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "scope=x", "grant_type=a&grant_type=client_credentials", "%zz", "{", "{\"grant_type\": 5}"})
    void clientThatAsksForNothingReadableIsTold(String body) {
        assertError(
                TokenRequests.basic(StoredSecret.CLIENT + ":" + StoredSecret.CLIENT_SECRET, body),
                400,
                "invalid_request");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "garbage",
                "{",
                "[]",
                "{}",
                "{\"client_id\": \"didomi-client\"}",
                "{\"client_id\": [], \"client_secret\": {}}",
                "%%%",
                "client_id=didomi-client&client_secret=%c3%28",
                "client_id=didomi-client&client_secret=%zz",
                "client_id=didomi-client&client_id=didomi-client&client_secret=demo-client-secret-0123456789",
                "{\"client_id\":\"x\",\"client_id\":\"didomi-client\",\"client_secret\":\"demo-client-secret-0123456789\"}"
            })
    void whoCannotBeReadIsNobody(String body) {
        assertInvalidClient(TokenRequests.form(body));
        assertInvalidClient(TokenRequests.json(body));
    }

    @Test
    void hugeAndDeepRequestsAreNobodys() {
        String form = request(StoredSecret.CLIENT_SECRET).getBody();

        assertInvalidClient(TokenRequests.form(form + "&x=" + "x".repeat(20_000)));
        assertInvalidClient(TokenRequests.json("{\"a\":".repeat(1_000)));
        assertThat(door.status(TokenRequests.form("x".repeat(2_000_000)))).isEqualTo(413);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic", "Basic ", "Basic %%%", "Basic ZGlkb21p", "Bearer ZGlkb21pOng=", "Digest x", ""})
    void otherAuthorizationIsNobodys(String authorization) {
        assertInvalidClient(
                Requests.with(TokenRequests.form("grant_type=client_credentials"), "authorization", authorization));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "PUT"})
    void otherMethodIsRefused(String method) {
        APIGatewayV2HTTPEvent request = request(StoredSecret.CLIENT_SECRET);
        request.setRequestContext(Requests.context(method, DidomiWebhookHandler.TOKEN_PATH));

        assertThat(door.status(request)).isEqualTo(405);
    }

    @Test
    void encodedRequestIsRefused() {
        assertThat(door.status(Requests.with(request(StoredSecret.CLIENT_SECRET), "content-encoding", "gzip")))
                .isEqualTo(415);
    }

    @Test
    void addressThatIsNotOnTheListGetsNone() {
        WebhookClient listed = new WebhookClient(WebhookClient.published("\"didomi_source_ips\": [\"10.0.0.1\"],"));
        listed.secret.hold(StoredSecret.client(StoredSecret.CLIENT, StoredSecret.CLIENT_SECRET));

        assertThat(listed.status(request(StoredSecret.CLIENT_SECRET))).isEqualTo(403);
    }

    @ParameterizedTest
    @EnumSource
    void withoutAClientInTheSecretNobodyGetsOne(TokenRequests way) {
        door.secret.hold(StoredSecret.keys(StoredSecret.KEY));
        APIGatewayV2HTTPEvent request =
                way.request(StoredSecret.CLIENT, StoredSecret.CLIENT_SECRET, TokenRequests.GRANT);

        assertInvalidClient(request);
        assertInvalidClient(Requests.with(request, "content-encoding", "gzip"));
        assertInvalidClient(TokenRequests.form("x".repeat(2_000_000)));
        assertInvalidClient(TokenRequests.form(""));
    }

    @Test
    void withoutAnyWebhookInTheSecretNobodyGetsOne() {
        door.secret.removeWebhooks();
        door.secret.refreshed();

        assertInvalidClient(request(StoredSecret.CLIENT_SECRET));
    }

    @Test
    void secretOfARotationNotYetSeenIsAcceptedAfterOneRefresh() throws JsonProcessingException {
        door.secret.rotate(StoredSecret.client(StoredSecret.CLIENT, NEW_SECRET, StoredSecret.CLIENT_SECRET));

        assertIssued(request(NEW_SECRET));
        assertIssued(request(NEW_SECRET));
        assertIssued(request(StoredSecret.CLIENT_SECRET));
        assertThat(door.secret.refreshes).isEqualTo(1);
    }

    @Test
    void clientAddedToTheSecretIsFoundAtOnce() throws JsonProcessingException {
        door.secret.hold(StoredSecret.keys(StoredSecret.KEY));
        door.secret.rotate(StoredSecret.client(StoredSecret.CLIENT, NEW_SECRET));

        assertIssued(request(NEW_SECRET));
    }

    @Test
    void whoShowsNothingDoesNotMakeUsAskForTheSecretAnew() {
        assertInvalidClient(TokenRequests.form("grant_type=client_credentials"));
        assertThat(door.secret.refreshes).isZero();
    }

    @Test
    void nobodyIsRefusedWhileTheSecretCannotBeRead() {
        door.secret.failing = true;

        assertThat(door.status(request(StoredSecret.CLIENT_SECRET))).isEqualTo(503);
    }

    @Test
    void refusedRequestsAreCounted() {
        door.send(request(StoredSecret.CLIENT_SECRET));
        door.send(request("wrong-client-secret"));
        door.send(TokenRequests.form("x".repeat(2_000_000)));

        assertThat(door.outcomeLog.totals()).containsEntry(Metric.DELIVERIES_REFUSED, 2.0);
    }

    @Test
    void journalHoldsNothingOfTheCredentialsNorTheToken() throws JsonProcessingException {
        String token = new JsonMapper()
                .readTree(door.send(request(StoredSecret.CLIENT_SECRET)).getBody())
                .path("access_token")
                .textValue();
        door.send(request("wrong-client-secret"));
        door.send(TokenRequests.json("{\"client_secret\": \"demo-client-secret-0123456789\""));

        assertThat(door.log())
                .contains("\"outcome\":\"token issued\"", "\"outcome\":\"token refused\"")
                .doesNotContain("client-secret", StoredSecret.CLIENT, token.substring(token.lastIndexOf('.')));
    }
}
