package io.github.consentbridge.sync.intake;

import io.github.consentbridge.sync.credentials.BridgeSecret.Webhook;
import io.github.consentbridge.sync.intake.token.AccessTokens;
import io.github.consentbridge.sync.intake.token.Authorization;
import java.util.Optional;

/** A token of ours, which Didomi may send instead of the key. */
final class BearerProof implements Proof {
    private final AccessTokens tokens;

    BearerProof(AccessTokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public Optional<String> presented(RequestHead head, Webhook agreed) {
        return head.header(Authorization.HEADER)
                .flatMap(header -> Authorization.credentials(header, Authorization.BEARER));
    }

    @Override
    public boolean accepts(String presented, Webhook agreed) {
        return agreed.client()
                .filter(client -> tokens.accepts(client, presented))
                .isPresent();
    }

    @Override
    public Optional<String> scheme() {
        return Optional.of(Authorization.BEARER);
    }
}
