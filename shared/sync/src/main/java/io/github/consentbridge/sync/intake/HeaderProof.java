package io.github.consentbridge.sync.intake;

import io.github.consentbridge.sync.credentials.BridgeSecret.Webhook;
import java.util.Optional;

/** The key in the header that the secret names. */
final class HeaderProof implements Proof {
    @Override
    public Optional<String> presented(RequestHead head, Webhook agreed) {
        return head.header(agreed.header());
    }

    @Override
    public boolean accepts(String presented, Webhook agreed) {
        return agreed.accepts(presented);
    }
}
