package io.github.consentbridge.didomiwebhook;

import io.github.consentbridge.credentials.BridgeSecret;
import io.github.consentbridge.credentials.BridgeSecret.Webhook;
import io.github.consentbridge.credentials.Credentials;
import io.github.consentbridge.credentials.SecretReader;
import io.github.consentbridge.webhook.Headers;
import java.util.List;
import java.util.Optional;

/** Tells whether a request is Didomi's, by the key in the header that the secret names. */
final class SenderCheck {
    private static final Webhook NOBODY = new Webhook(SecretReader.DEFAULT_HEADER, List.of(), Optional.empty());

    private final Credentials credentials;

    SenderCheck(Credentials credentials) {
        this.credentials = credentials;
    }

    /** Whoever shows a key that we do not know may have it from a rotation that we have not seen yet. */
    boolean isDidomi(Headers headers) {
        Webhook known = webhook(credentials.current());
        return headers.value(known.header()).isPresent()
                && (accepts(known, headers) || accepts(webhook(credentials.refreshed()), headers));
    }

    private static Webhook webhook(BridgeSecret secret) {
        return secret.didomiWebhook().orElse(NOBODY);
    }

    private static boolean accepts(Webhook webhook, Headers headers) {
        return headers.value(webhook.header()).filter(webhook::accepts).isPresent();
    }
}
