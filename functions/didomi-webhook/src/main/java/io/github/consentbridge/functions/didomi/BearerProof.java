package io.github.consentbridge.functions.didomi;

import io.github.consentbridge.functions.http.Headers;
import io.github.consentbridge.functions.http.Proof;
import io.github.consentbridge.sync.credentials.BridgeSecret.Webhook;
import java.util.Optional;

/** A token of ours, which Didomi may show instead of the key. */
final class BearerProof implements Proof {
    private final AccessTokens tokens;

    BearerProof(AccessTokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public Optional<String> shown(Headers headers, Webhook agreed) {
        return Authorization.credentials(headers, Authorization.BEARER);
    }

    @Override
    public boolean accepts(String shown, Webhook agreed) {
        return agreed.client().filter(client -> tokens.accepts(client, shown)).isPresent();
    }

    @Override
    public Optional<String> scheme() {
        return Optional.of(Authorization.BEARER);
    }
}
