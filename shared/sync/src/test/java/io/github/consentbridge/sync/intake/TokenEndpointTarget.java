package io.github.consentbridge.sync.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.sync.registration.BridgeUrl;
import java.util.Map;

/** Whatever is sent to the token endpoint gets an answer of the standard. The first line is the Authorization header. */
final class TokenEndpointTarget {
    private TokenEndpointTarget() {}

    private static final int MAX_REQUESTS = 1_000;

    private static WebhookClient client = newClient();
    private static int requests;

    private static WebhookClient newClient() {
        WebhookClient client = WebhookClient.didomi();
        client.secret.hold(StoredSecret.client(StoredSecret.CLIENT, StoredSecret.CLIENT_SECRET));
        return client;
    }

    static void send(byte[] input) {
        String text = new String(input, UTF_8);
        int end = Math.max(text.indexOf('\n'), 0);
        Map<String, String> headers = Map.of("authorization", text.substring(0, end));

        WebhookReply reply = client.send(Requests.request(BridgeUrl.TOKEN_PATH, headers, text.substring(end)));

        assertThat(reply.status()).isIn(200, 400, 401);
        assertThat(reply.body()).matches("\\{\"(access_token|error)\":\"[ -~]{1,400}");
        renewClient();
    }

    /** It remembers what it logs. */
    private static void renewClient() {
        requests++;
        if (requests % MAX_REQUESTS == 0) {
            client = newClient();
        }
    }
}
