package io.github.consentbridge.didomiwebhook;

import io.github.consentbridge.credentials.BridgeSecret;
import io.github.consentbridge.credentials.BridgeSecret.Webhook;
import io.github.consentbridge.credentials.Credentials;
import io.github.consentbridge.credentials.SecretReader;
import io.github.consentbridge.webhook.Headers;
import java.util.List;
import java.util.Optional;

/** Tells whether a request is Didomi's: by the key in the header that the secret names, or by a token of ours. */
final class SenderCheck {
    private static final Webhook NOBODY = new Webhook(SecretReader.DEFAULT_HEADER, List.of(), Optional.empty());

    private final Credentials credentials;
    private final AccessTokens tokens;

    SenderCheck(Credentials credentials, AccessTokens tokens) {
        this.credentials = credentials;
        this.tokens = tokens;
    }

    /** Whoever shows a key or token that we do not know may have it from a rotation that we have not seen yet. */
    boolean isDidomi(Headers headers) {
        Webhook known = webhook(credentials.current());
        Optional<String> token = Authorization.credentials(headers, Authorization.BEARER);
        boolean showsSomething = headers.value(known.header()).isPresent() || token.isPresent();
        return showsSomething
                && (accepts(known, headers, token) || accepts(webhook(credentials.refreshed()), headers, token));
    }

    private static Webhook webhook(BridgeSecret secret) {
        return secret.didomiWebhook().orElse(NOBODY);
    }

    private boolean accepts(Webhook webhook, Headers headers, Optional<String> token) {
        return headers.value(webhook.header()).filter(webhook::accepts).isPresent()
                || webhook.client()
                        .flatMap(client -> token.filter(shown -> tokens.accepts(client, shown)))
                        .isPresent();
    }
}
