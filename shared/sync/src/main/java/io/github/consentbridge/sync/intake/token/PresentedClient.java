package io.github.consentbridge.sync.intake.token;

import io.github.consentbridge.sync.credentials.BridgeSecret.Client;

/** Client credentials as a request presents them. */
public record PresentedClient(String id, String secret) {
    boolean is(Client client) {
        return client.accepts(id, secret);
    }

    /** Hides both, because a client may send its secret as the id by mistake. */
    @Override
    public String toString() {
        return "PresentedClient[hidden]";
    }
}
