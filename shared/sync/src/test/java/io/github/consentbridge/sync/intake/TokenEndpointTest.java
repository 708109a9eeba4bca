package io.github.consentbridge.sync.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.consentbridge.sync.logging.Metric;
import io.github.consentbridge.sync.registration.BridgeUrl;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenEndpointTest {
    private static final String NEW_SECRET = "rotated-client-secret-0123456789";
    private static final String SIGNS = "a+b%2Fc&d=e:f/g?h;!~";

    private final WebhookClient client = WebhookClient.didomi();

    @BeforeEach
    void haveAClient() {
        client.secret.hold(StoredSecret.client(
                StoredSecret.CLIENT, StoredSecret.CLIENT_SECRET, StoredSecret.PREVIOUS_CLIENT_SECRET));
    }

    private static WebhookRequest request(String secret) {
        return TokenRequests.FORM.request(StoredSecret.CLIENT, secret, TokenRequests.GRANT);
    }

    private void assertIssued(WebhookRequest request) throws JsonProcessingException {
        WebhookReply response = client.send(request);
        JsonNode body = new JsonMapper().readTree(response.body());

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.headers())
                .containsOnly(Map.entry("content-type", "application/json"), Map.entry("cache-control", "no-store"));
        assertThat(body.properties()).hasSize(3);
        assertThat(body.path("access_token").textValue()).isNotEmpty();
        assertThat(body.path("token_type").textValue()).isEqualTo("Bearer");
        assertThat(body.path("expires_in").intValue()).isEqualTo(86_400);
    }

    private void assertError(WebhookRequest request, int status, String error) {
        WebhookReply response = client.send(request);

        assertThat(response.status()).isEqualTo(status);
        assertThat(response.body()).isEqualTo("{\"error\":\"" + error + "\"}");
        assertThat(response.headers()).containsEntry("cache-control", "no-store");
    }

    private void assertInvalidClient(WebhookRequest request) {
        assertError(request, 401, "invalid_client");
        assertThat(client.send(request).headers()).containsEntry("www-authenticate", "Basic realm=\"consent-bridge\"");
    }

    @ParameterizedTest
    @EnumSource
    void clientGetsATokenHoweverItAsks(TokenRequests way) throws JsonProcessingException {
        assertIssued(way.request(StoredSecret.CLIENT, StoredSecret.CLIENT_SECRET, TokenRequests.GRANT));
        assertIssued(way.request(StoredSecret.CLIENT, StoredSecret.PREVIOUS_CLIENT_SECRET, TokenRequests.GRANT));
        assertThat(client.secret.refreshes).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void signsInTheSecretSurvive(TokenRequests way) throws JsonProcessingException {
        client.secret.hold(StoredSecret.client(StoredSecret.CLIENT, SIGNS));

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
    void unreadableGrantIsAnInvalidRequest(String body) {
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
    void unreadableClientGetsNone(String body) {
        assertInvalidClient(TokenRequests.form(body));
        assertInvalidClient(TokenRequests.json(body));
    }

    @Test
    void hugeAndDeepRequestsGetNone() {
        String form = Requests.text(request(StoredSecret.CLIENT_SECRET));

        assertInvalidClient(TokenRequests.form(form + "&x=" + "x".repeat(20_000)));
        assertInvalidClient(TokenRequests.json("{\"a\":".repeat(1_000)));
        assertThat(client.status(TokenRequests.form("x".repeat(2_000_000)))).isEqualTo(413);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic", "Basic ", "Basic %%%", "Basic ZGlkb21p", "Bearer ZGlkb21pOng=", "Digest x", ""})
    void otherAuthorizationGetsNone(String authorization) {
        assertInvalidClient(
                Requests.with(TokenRequests.form("grant_type=client_credentials"), "authorization", authorization));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "PUT"})
    void otherMethodIsRefused(String method) {
        assertThat(client.status(Requests.withMethod(request(StoredSecret.CLIENT_SECRET), method)))
                .isEqualTo(405);
    }

    @Test
    void encodedRequestIsRefused() {
        assertThat(client.status(Requests.with(request(StoredSecret.CLIENT_SECRET), "content-encoding", "gzip")))
                .isEqualTo(415);
    }

    @Test
    void addressThatIsNotOnTheListGetsNone() {
        WebhookClient listed = WebhookClient.didomi("\"didomi_source_ips\": [\"10.0.0.1\"],");
        listed.secret.hold(StoredSecret.client(StoredSecret.CLIENT, StoredSecret.CLIENT_SECRET));

        assertThat(listed.status(request(StoredSecret.CLIENT_SECRET))).isEqualTo(403);
    }

    @ParameterizedTest
    @EnumSource
    void withoutAClientInTheSecretNoneIsIssued(TokenRequests way) {
        client.secret.hold(StoredSecret.keys(StoredSecret.KEY));
        WebhookRequest request = way.request(StoredSecret.CLIENT, StoredSecret.CLIENT_SECRET, TokenRequests.GRANT);

        assertInvalidClient(request);
        assertInvalidClient(Requests.with(request, "content-encoding", "gzip"));
        assertInvalidClient(TokenRequests.form("x".repeat(2_000_000)));
        assertInvalidClient(TokenRequests.form(""));
    }

    @Test
    void withoutAnyWebhookInTheSecretNoneIsIssued() {
        client.secret.removeWebhooks();
        client.secret.refreshed();

        assertInvalidClient(request(StoredSecret.CLIENT_SECRET));
    }

    @Test
    void secretOfARotationNotYetSeenIsAcceptedAfterOneRefresh() throws JsonProcessingException {
        client.secret.rotate(StoredSecret.client(StoredSecret.CLIENT, NEW_SECRET, StoredSecret.CLIENT_SECRET));

        assertIssued(request(NEW_SECRET));
        assertIssued(request(NEW_SECRET));
        assertIssued(request(StoredSecret.CLIENT_SECRET));
        assertThat(client.secret.refreshes).isEqualTo(1);
    }

    @Test
    void droppingASecretEndsTheTokensObtainedWithIt() throws JsonProcessingException {
        String token = new JsonMapper()
                .readTree(client.send(request(StoredSecret.PREVIOUS_CLIENT_SECRET))
                        .body())
                .path("access_token")
                .textValue();
        WebhookRequest delivery =
                Requests.request(BridgeUrl.DIDOMI_PATH, Map.of("authorization", "Bearer " + token), Requests.BODY);
        assertThat(client.send(delivery).status()).isEqualTo(202);

        client.secret.hold(StoredSecret.client(StoredSecret.CLIENT, StoredSecret.CLIENT_SECRET));

        assertThat(client.send(delivery).status()).isEqualTo(401);
    }

    @Test
    void clientAddedToTheSecretIsFoundAtOnce() throws JsonProcessingException {
        client.secret.hold(StoredSecret.keys(StoredSecret.KEY));
        client.secret.rotate(StoredSecret.client(StoredSecret.CLIENT, NEW_SECRET));

        assertIssued(request(NEW_SECRET));
    }

    @Test
    void missingCredentialsDoNotCauseARefresh() {
        assertInvalidClient(TokenRequests.form("grant_type=client_credentials"));
        assertThat(client.secret.refreshes).isZero();
    }

    @Test
    void requestIsNotRefusedWhileTheSecretCannotBeRead() {
        client.secret.failing = true;

        assertThat(client.status(request(StoredSecret.CLIENT_SECRET))).isEqualTo(503);
    }

    @Test
    void refusedRequestsAreCounted() {
        client.send(request(StoredSecret.CLIENT_SECRET));
        client.send(request("wrong-client-secret"));
        client.send(TokenRequests.form("x".repeat(2_000_000)));

        assertThat(client.counted.totals()).containsEntry(Metric.DELIVERIES_REFUSED, 2.0);
    }

    @Test
    void logHoldsNoCredentialAndNoToken() throws JsonProcessingException {
        String token = new JsonMapper()
                .readTree(client.send(request(StoredSecret.CLIENT_SECRET)).body())
                .path("access_token")
                .textValue();
        client.send(request("wrong-client-secret"));
        client.send(TokenRequests.json("{\"client_secret\": \"demo-client-secret-0123456789\""));

        assertThat(client.log())
                .contains("\"outcome\":\"token issued\"", "\"outcome\":\"token refused\"")
                .doesNotContain("client-secret", StoredSecret.CLIENT, token.substring(token.lastIndexOf('.')));
    }
}
