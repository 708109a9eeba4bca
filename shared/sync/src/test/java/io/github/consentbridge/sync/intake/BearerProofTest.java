package io.github.consentbridge.sync.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.consentbridge.connectors.http.Secret;
import io.github.consentbridge.sync.intake.token.AccessTokens;
import io.github.consentbridge.sync.registration.BridgeUrl;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BearerProofTest {
    private static final String NEW_SECRET = "rotated-client-secret-0123456789";

    private final WebhookClient client = WebhookClient.didomi();

    @BeforeEach
    void haveAKeyAndAClient() {
        client.secret.hold(StoredSecret.keys(StoredSecret.KEY) + ", "
                + StoredSecret.client(StoredSecret.CLIENT, StoredSecret.CLIENT_SECRET));
    }

    private static String token(String secret, Instant issuedAt) {
        return new AccessTokens(Clock.fixed(issuedAt, ZoneOffset.UTC)).issue(Secret.of(secret));
    }

    private static WebhookRequest withAuthorization(String authorization) {
        return Requests.request(BridgeUrl.DIDOMI_PATH, Map.of("authorization", authorization), Requests.BODY);
    }

    private static WebhookRequest withToken(String token) {
        return withAuthorization("Bearer " + token);
    }

    private void assertConstantRefusal(WebhookRequest request) {
        WebhookReply response = client.send(request);

        assertThat(response.status()).isEqualTo(401);
        assertThat(response.body()).isEqualTo("{\"status\":\"refused\",\"reason\":\"missing or wrong credential\"}");
        assertThat(response.headers())
                .containsOnly(Map.entry("content-type", "application/json"), Map.entry("www-authenticate", "Bearer"));
        assertThat(client.stored).isEmpty();
    }

    @Test
    void issuedTokenIsAccepted() throws JsonProcessingException {
        WebhookReply response = client.send(
                TokenRequests.JSON.request(StoredSecret.CLIENT, StoredSecret.CLIENT_SECRET, TokenRequests.GRANT));
        String token =
                new JsonMapper().readTree(response.body()).path("access_token").textValue();

        assertThat(client.status(withToken(token))).isEqualTo(202);
        assertThat(client.status(withAuthorization("bearer  " + token + " "))).isEqualTo(202);
        assertThat(client.secret.refreshes).isZero();
    }

    @Test
    void eitherProofIsEnough() {
        String token = token(StoredSecret.CLIENT_SECRET, WebhookClient.NOW);

        assertThat(client.status(Requests.with(withToken(token), Requests.HEADER, "wrong-key")))
                .isEqualTo(202);
        assertThat(client.status(Requests.with(withToken("wrong"), Requests.HEADER, StoredSecret.KEY)))
                .isEqualTo(202);
    }

    @Test
    void expiredTokenIsRefused() {
        Instant dayAgo = WebhookClient.NOW.minus(Duration.ofHours(24));

        assertConstantRefusal(withToken(token(StoredSecret.CLIENT_SECRET, dayAgo)));
        assertThat(client.status(withToken(token(StoredSecret.CLIENT_SECRET, dayAgo.plusSeconds(1)))))
                .isEqualTo(202);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Bearer",
                "Bearer ",
                "Bearer x",
                "Bearer a.b.c",
                "Bearer eyJhbGciOiJub25lIn0.e30.",
                "Bearer demo-client-secret-0123456789",
                "Bearer demo-webhook-key-0123456789",
                "Basic ZGlkb21pLWNsaWVudDpkZW1vLWNsaWVudC1zZWNyZXQtMDEyMzQ1Njc4OQ==",
                "demo-webhook-key-0123456789"
            })
    void anythingElseIsRefused(String authorization) {
        assertConstantRefusal(withAuthorization(authorization));
    }

    @Test
    void foreignAndHugeTokensAreRefused() {
        assertConstantRefusal(withToken(token("foreign-client-secret-0123456789", WebhookClient.NOW)));
        assertConstantRefusal(withToken("x".repeat(1_000_000)));
    }

    @Test
    void tokenOfASecretThatWasDroppedIsRefused() {
        String token = token(StoredSecret.CLIENT_SECRET, WebhookClient.NOW);
        client.secret.hold(StoredSecret.client(StoredSecret.CLIENT, NEW_SECRET));

        assertConstantRefusal(withToken(token));
    }

    @Test
    void tokenOfARotationNotYetSeenIsAcceptedAfterOneRefresh() {
        client.secret.rotate(StoredSecret.client(StoredSecret.CLIENT, NEW_SECRET, StoredSecret.CLIENT_SECRET));

        assertThat(client.status(withToken(token(NEW_SECRET, WebhookClient.NOW))))
                .isEqualTo(202);
        assertThat(client.status(withToken(token(StoredSecret.CLIENT_SECRET, WebhookClient.NOW))))
                .isEqualTo(202);
        assertThat(client.secret.refreshes).isEqualTo(1);
    }

    @Test
    void withoutAClientInTheSecretEveryTokenIsRefused() {
        client.secret.hold(StoredSecret.keys(StoredSecret.KEY));

        assertConstantRefusal(withToken(token(StoredSecret.CLIENT_SECRET, WebhookClient.NOW)));
        assertConstantRefusal(withToken(token(StoredSecret.KEY, WebhookClient.NOW)));
    }
}
