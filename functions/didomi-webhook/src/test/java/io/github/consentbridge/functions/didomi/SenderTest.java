package io.github.consentbridge.functions.didomi;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is let in by the key in the header. */
class SenderTest {
    private static final String NEW_KEY = "rotated-webhook-key-0123456789";

    private final WebhookClient door = new WebhookClient();

    @ParameterizedTest
    @ValueSource(strings = {StoredSecret.KEY, StoredSecret.PREVIOUS_KEY})
    void currentAndPreviousKeyAreAccepted(String key) {
        assertThat(door.status(Requests.withKey(key))).isEqualTo(202);
        assertThat(door.secret.refreshes).isZero();
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
    void missingKeyIsRefusedWithoutAskingForTheSecretAnew() {
        assertConstantRefusal(Requests.request(DidomiWebhookHandler.PATH, Map.of("x-other", StoredSecret.KEY), "{}"));
        assertThat(door.secret.refreshes).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "garbage", "[]", "{\"type\":", "{}", "{\"type\": \"ping\"}"})
    void keyIsCheckedBeforeTheBodyIsRead(String body) {
        assertConstantRefusal(
                Requests.request(DidomiWebhookHandler.PATH, Map.of(Requests.HEADER, "wrong-webhook-key"), body));
    }

    @Test
    void keyIsCheckedBeforeEncodingAndSize() {
        String large = " ".repeat(2 << 20);

        assertConstantRefusal(Requests.with(Requests.withKey("wrong"), "content-encoding", "gzip"));
        assertConstantRefusal(Requests.request(DidomiWebhookHandler.PATH, Map.of(Requests.HEADER, "wrong"), large));
    }

    private void assertConstantRefusal(APIGatewayV2HTTPEvent request) {
        APIGatewayV2HTTPResponse response = door.send(request);

        assertThat(response.getStatusCode()).isEqualTo(401);
        assertThat(response.getBody()).isEqualTo("{\"status\":\"refused\",\"reason\":\"missing or wrong credential\"}");
        assertThat(door.stored).isEmpty();
    }

    @Test
    void nameOfTheHeaderHasNoCase() {
        assertThat(door.status(Requests.request(
                        DidomiWebhookHandler.PATH, Map.of("X-Consent-Bridge-Key", StoredSecret.KEY), Requests.BODY)))
                .isEqualTo(202);
    }

    @Test
    void headerHasTheNameThatTheSecretGives() {
        door.secret.hold("\"header\": \"X-Acme\", " + StoredSecret.keys(NEW_KEY));

        assertThat(door.status(Requests.request(DidomiWebhookHandler.PATH, Map.of("x-acme", NEW_KEY), Requests.BODY)))
                .isEqualTo(202);
        assertThat(door.status(Requests.withKey(NEW_KEY))).isEqualTo(401);
    }

    @Test
    void keyOfARotationNotYetSeenIsAcceptedAfterOneRefresh() {
        door.secret.rotate(StoredSecret.keys(NEW_KEY, StoredSecret.KEY));

        assertThat(door.status(Requests.withKey(NEW_KEY))).isEqualTo(202);
        assertThat(door.status(Requests.withKey(NEW_KEY))).isEqualTo(202);
        assertThat(door.status(Requests.withKey(StoredSecret.KEY))).isEqualTo(202);
        assertThat(door.secret.refreshes).isEqualTo(1);
    }

    @Test
    void unknownKeyAsksOnceAndIsRefused() {
        assertThat(door.status(Requests.withKey(NEW_KEY))).isEqualTo(401);
        assertThat(door.secret.refreshes).isEqualTo(1);
    }

    @Test
    void keyDroppedFromTheSecretIsRefused() {
        door.secret.hold(StoredSecret.keys(NEW_KEY));

        assertConstantRefusal(Requests.withKey(StoredSecret.KEY));
    }

    @Test
    void webhookAddedToTheSecretIsFoundAtOnce() {
        door.secret.removeWebhooks();
        door.secret.refreshed();
        assertConstantRefusal(Requests.withKey(StoredSecret.KEY));
        door.secret.rotate(StoredSecret.keys(StoredSecret.KEY));

        assertThat(door.status(Requests.withKey(StoredSecret.KEY))).isEqualTo(202);
    }
}
