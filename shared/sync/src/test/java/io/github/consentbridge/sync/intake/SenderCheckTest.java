package io.github.consentbridge.sync.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.sync.registration.BridgeUrl;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which keys in the header are accepted. */
class SenderCheckTest {
    private static final String NEW_KEY = "rotated-webhook-key-0123456789";

    private final WebhookClient client = WebhookClient.didomi();

    @ParameterizedTest
    @ValueSource(strings = {StoredSecret.KEY, StoredSecret.PREVIOUS_KEY})
    void currentAndPreviousKeyAreAccepted(String key) {
        assertThat(client.status(Requests.withKey(key))).isEqualTo(202);
        assertThat(client.secret.refreshes).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "wrong-webhook-key-0123456789",
                "demo-webhook-key-012345678",
                "demo-webhook-key-01234567899",
                "Demo-webhook-key-0123456789",
                " demo-webhook-key-0123456789",
                "demo-webhook-key-0123456789,former-webhook-key-0123456789"
            })
    void otherKeyIsRefused(String key) {
        assertConstantRefusal(Requests.withKey(key));
    }

    @Test
    void missingKeyIsRefusedWithoutARefresh() {
        assertConstantRefusal(Requests.request(BridgeUrl.DIDOMI_PATH, Map.of("x-other", StoredSecret.KEY), "{}"));
        assertThat(client.secret.refreshes).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "garbage", "[]", "{\"type\":", "{}", "{\"type\": \"ping\"}"})
    void keyIsCheckedBeforeTheBodyIsRead(String body) {
        assertConstantRefusal(
                Requests.request(BridgeUrl.DIDOMI_PATH, Map.of(Requests.HEADER, "wrong-webhook-key"), body));
    }

    @Test
    void keyIsCheckedBeforeEncodingAndSize() {
        String large = " ".repeat(2 << 20);

        assertConstantRefusal(Requests.with(Requests.withKey("wrong"), "content-encoding", "gzip"));
        assertConstantRefusal(Requests.request(BridgeUrl.DIDOMI_PATH, Map.of(Requests.HEADER, "wrong"), large));
    }

    private void assertConstantRefusal(WebhookRequest request) {
        client.assertRefused(request, 401, "missing or wrong credential");
    }

    @Test
    void nameOfTheHeaderHasNoCase() {
        assertThat(client.status(Requests.request(
                        BridgeUrl.DIDOMI_PATH, Map.of("X-Consent-Bridge-Key", StoredSecret.KEY), Requests.BODY)))
                .isEqualTo(202);
    }

    @Test
    void headerHasTheNameThatTheSecretGives() {
        client.secret.hold("\"header\": \"X-Acme\", " + StoredSecret.keys(NEW_KEY));

        assertThat(client.status(Requests.request(BridgeUrl.DIDOMI_PATH, Map.of("x-acme", NEW_KEY), Requests.BODY)))
                .isEqualTo(202);
        assertThat(client.status(Requests.withKey(NEW_KEY))).isEqualTo(401);
    }

    @Test
    void keyOfARotationNotYetSeenIsAcceptedAfterOneRefresh() {
        client.secret.rotate(StoredSecret.keys(NEW_KEY, StoredSecret.KEY));

        assertThat(client.status(Requests.withKey(NEW_KEY))).isEqualTo(202);
        assertThat(client.status(Requests.withKey(NEW_KEY))).isEqualTo(202);
        assertThat(client.status(Requests.withKey(StoredSecret.KEY))).isEqualTo(202);
        assertThat(client.secret.refreshes).isEqualTo(1);
    }

    @Test
    void unknownKeyCausesOneRefreshAndIsRefused() {
        assertThat(client.status(Requests.withKey(NEW_KEY))).isEqualTo(401);
        assertThat(client.secret.refreshes).isEqualTo(1);
    }

    @Test
    void keyDroppedFromTheSecretIsRefused() {
        client.secret.hold(StoredSecret.keys(NEW_KEY));

        assertConstantRefusal(Requests.withKey(StoredSecret.KEY));
    }

    @Test
    void webhookAddedToTheSecretIsFoundAtOnce() {
        client.secret.removeWebhooks();
        client.secret.refreshed();
        assertConstantRefusal(Requests.withKey(StoredSecret.KEY));
        client.secret.rotate(StoredSecret.keys(StoredSecret.KEY));

        assertThat(client.status(Requests.withKey(StoredSecret.KEY))).isEqualTo(202);
    }
}
