package io.github.consentbridge.functions.http;

import io.github.consentbridge.sync.credentials.BridgeSecret.Webhook;
import java.util.Optional;

/** The key in the header that the secret names. */
final class HeaderProof implements Proof {
    @Override
    public Optional<String> shown(Headers headers, Webhook agreed) {
        return headers.value(agreed.header());
    }

    @Override
    public boolean accepts(String shown, Webhook agreed) {
        return agreed.accepts(shown);
    }

    @Override
    public Optional<String> scheme() {
        return Optional.empty();
    }
}
