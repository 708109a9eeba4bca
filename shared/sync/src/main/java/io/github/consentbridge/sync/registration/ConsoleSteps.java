package io.github.consentbridge.sync.registration;

import io.github.consentbridge.sync.credentials.BridgeSecret;
import java.util.List;

/** What to do in Didomi's Console where its API is not enough. Says where secrets are, not what they are. */
final class ConsoleSteps {
    private ConsoleSteps() {}

    /** Custom headers can be set in the Console only. */
    static List<String> withHeader(BridgeUrl url, String header) {
        return List.of(
                add(url),
                "Under \"Request headers\" enter {\"" + header + "\": \"…\"}, and replace the dots with the first of"
                        + " webhooks.didomi.values in the secret.",
                rest());
    }

    static List<String> withToken(BridgeUrl url, BridgeSecret.Client client) {
        return List.of(
                add(url),
                "Enter the token URL " + url.tokenEndpoint() + ", the grant type client_credentials, the client id "
                        + client.id() + ", and as client secret the first of webhooks.didomi.client_secrets in the"
                        + " secret.",
                rest());
    }

    static List<String> removal() {
        return List.of("If a webhook whose URL ends with " + BridgeUrl.DIDOMI_PATH
                + " was added in Didomi's Console, remove it there, under Marketplace > Manage.");
    }

    private static String add(BridgeUrl url) {
        return "In Didomi's Console, under Marketplace > Manage, add an HTTP webhook with the endpoint URL "
                + url.didomiWebhook() + ".";
    }

    private static String rest() {
        return "Leave \"Flatten\" off and choose all event types.";
    }
}
