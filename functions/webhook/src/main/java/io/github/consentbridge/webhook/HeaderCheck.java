package io.github.consentbridge.webhook;

import io.github.consentbridge.credentials.BridgeSecret;
import io.github.consentbridge.credentials.BridgeSecret.Webhook;
import io.github.consentbridge.credentials.Credentials;
import io.github.consentbridge.credentials.SecretReader;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Tells whether a request shows the header value that was agreed on with its sender. Safe for use by several threads. */
public final class HeaderCheck {
    private static final Webhook NOBODY = new Webhook(SecretReader.DEFAULT_HEADER, List.of(), Optional.empty());

    private final Credentials credentials;
    private final Function<BridgeSecret, Optional<Webhook>> agreed;

    /** A check by the sender's block of the secret; without one nobody is the sender. */
    public HeaderCheck(Credentials credentials, Function<BridgeSecret, Optional<Webhook>> agreed) {
        this.credentials = credentials;
        this.agreed = agreed;
    }

    /**
     * Compares in constant time. Whoever shows a key that we do not know may have it from a rotation that we have not
     * seen yet: then the secret is read again, which is bounded.
     *
     * @throws io.github.consentbridge.credentials.CredentialsException if the secret cannot be read
     */
    public boolean isSender(Headers headers) {
        Webhook known = webhook(credentials.current());
        return headers.value(known.header()).isPresent()
                && (accepts(known, headers) || accepts(webhook(credentials.refreshed()), headers));
    }

    private Webhook webhook(BridgeSecret secret) {
        return agreed.apply(secret).orElse(NOBODY);
    }

    private static boolean accepts(Webhook webhook, Headers headers) {
        return headers.value(webhook.header()).filter(webhook::accepts).isPresent();
    }
}
