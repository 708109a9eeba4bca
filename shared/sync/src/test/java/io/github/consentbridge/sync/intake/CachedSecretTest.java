package io.github.consentbridge.sync.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.mapping.document.IntegrationReader;
import io.github.consentbridge.simulators.http.ManualClock;
import io.github.consentbridge.sync.credentials.BridgeSecret;
import io.github.consentbridge.sync.credentials.CachedCredentials;
import io.github.consentbridge.sync.credentials.CredentialsException;
import io.github.consentbridge.sync.credentials.SecretReader;
import io.github.consentbridge.sync.logging.Metric;
import io.github.consentbridge.sync.logging.RecordingOutcomeLog;
import io.github.consentbridge.sync.registration.BridgeUrl;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The answers to senders with a secret that is cached: after a change, and while it cannot be read again. */
class CachedSecretTest {
    private static final String NEW_KEY = "rotated-webhook-key-0123456789";
    private static final Integration INTEGRATION =
            IntegrationReader.read("""
            {"type_id": "microsoft-dynamics", "properties": {"organization_id": "acme"},
             "mappings": [{"id": "new_newsletter", "value": {"purpose": "newsletter"}}]}""".getBytes(UTF_8), IntegrationReader.Place.FILE);

    private final ManualClock clock = new ManualClock("2026-03-01T08:00:00Z");
    private final RecordingOutcomeLog outcomeLog = new RecordingOutcomeLog();
    private final Store store = new Store();
    private final WebhookEndpoint endpoint =
            DidomiIntake.endpoint(INTEGRATION, store, (deliveries, delay) -> {}, outcomeLog, clock);

    private final class Store extends CachedCredentials {
        private String values = StoredSecret.keys(StoredSecret.KEY);
        private String clientSecret = StoredSecret.CLIENT_SECRET;
        private boolean failing;
        private int reads;

        Store() {
            super(clock, () -> outcomeLog);
        }

        @Override
        protected BridgeSecret read() {
            reads++;
            if (failing) {
                throw new CredentialsException("the secret cannot be read: try again");
            }
            String client = StoredSecret.client(StoredSecret.CLIENT, clientSecret);
            return SecretReader.read("{\"webhooks\": {\"didomi\": {%s, %s}}}"
                    .formatted(values, client)
                    .getBytes(UTF_8));
        }
    }

    private int status(String key) {
        return endpoint.answer(Requests.withKey(key)).status();
    }

    private int tokenStatus(String secret) {
        return endpoint.answer(TokenRequests.JSON.request(StoredSecret.CLIENT, secret, TokenRequests.GRANT))
                .status();
    }

    private int tokenStatus(WebhookReply issued) throws JsonProcessingException {
        String token =
                new JsonMapper().readTree(issued.body()).path("access_token").textValue();
        return endpoint.answer(Requests.request(
                        BridgeUrl.DIDOMI_PATH, Map.of("authorization", "Bearer " + token), Requests.BODY))
                .status();
    }

    private WebhookReply issued() {
        return endpoint.answer(
                TokenRequests.JSON.request(StoredSecret.CLIENT, StoredSecret.CLIENT_SECRET, TokenRequests.GRANT));
    }

    /** The limit is the age of the cache, which an unknown key renews at once. */
    @Test
    void tokenOfADroppedClientSecretEndsWithinFiveMinutes() throws JsonProcessingException {
        WebhookReply issued = issued();
        store.clientSecret = "rotated-client-secret-0123456789";

        clock.advance(Duration.ofMinutes(5).minusSeconds(1));
        assertThat(tokenStatus(issued)).isEqualTo(202);
        clock.advance(Duration.ofSeconds(1));
        assertThat(tokenStatus(issued)).isEqualTo(401);
    }

    @Test
    void tokenOfADroppedClientSecretEndsWithinTheHourIfThatCannotBeSeen() throws JsonProcessingException {
        WebhookReply issued = issued();
        store.clientSecret = "rotated-client-secret-0123456789";
        store.failing = true;

        clock.advance(Duration.ofHours(1).minusSeconds(1));
        assertThat(tokenStatus(issued)).isEqualTo(202);
        clock.advance(Duration.ofSeconds(1));
        assertThat(tokenStatus(issued)).isEqualTo(503);
        store.failing = false;
        clock.advance(Duration.ofSeconds(30));
        assertThat(tokenStatus(issued)).isEqualTo(401);
    }

    private void fail() {
        assertThat(status(StoredSecret.KEY)).isEqualTo(202);
        store.failing = true;
        clock.advance(Duration.ofMinutes(5));
    }

    @Test
    void rightKeyIsAcceptedForAnHour() {
        fail();

        assertThat(status(StoredSecret.KEY)).isEqualTo(202);
        assertThat(tokenStatus(StoredSecret.CLIENT_SECRET)).isEqualTo(200);
        clock.advance(Duration.ofMinutes(54));
        assertThat(status(StoredSecret.KEY)).isEqualTo(202);
        assertThat(outcomeLog.total(Metric.SECRET_UNREADABLE)).isPositive();
    }

    @Test
    void afterTheHourEverySenderIsToldToTryAgain() {
        fail();
        clock.advance(Duration.ofMinutes(55));

        assertThat(List.of(status(StoredSecret.KEY), status(NEW_KEY), tokenStatus(StoredSecret.CLIENT_SECRET)))
                .containsOnly(503);
    }

    /** It may be right: a rotation that cannot be seen yet. Dataverse never repeats what was answered 401. */
    @Test
    void unknownKeyIsToldToTryAgain() {
        fail();
        store.values = StoredSecret.keys(NEW_KEY, StoredSecret.KEY);

        assertThat(status(NEW_KEY)).isEqualTo(503);
        assertThat(tokenStatus("some-other-client-secret-98765")).isEqualTo(503);

        store.failing = false;
        clock.advance(Duration.ofSeconds(30));
        assertThat(status(NEW_KEY)).isEqualTo(202);
    }

    @Test
    void requestWithoutACredentialIsRefusedAllTheSame() {
        fail();

        assertThat(endpoint.answer(Requests.request(BridgeUrl.DIDOMI_PATH, Map.of(), Requests.BODY))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void guessedKeysDoNotCauseAReadEach() {
        assertThat(status(StoredSecret.KEY)).isEqualTo(202);
        clock.advance(Duration.ofSeconds(10));

        for (int guess = 0; guess < 1_000; guess++) {
            assertThat(status("guess-%06d-0123456789abc".formatted(guess))).isEqualTo(401);
            clock.advance(Duration.ofMillis(10));
        }

        assertThat(store.reads).isBetween(2, 7);
    }

    @Test
    void guessedKeysDoNotCauseAReadEachWhileItFails() {
        fail();
        int before = store.reads;

        for (int guess = 0; guess < 1_000; guess++) {
            assertThat(status("guess-%06d-0123456789abc".formatted(guess))).isEqualTo(503);
        }

        assertThat(store.reads).isEqualTo(before + 1);
    }
}
