package io.github.consentbridge.functions.didomi;

import io.github.consentbridge.sync.credentials.BridgeSecret.Client;

/** Client credentials as somebody shows them. */
record ShownClient(String id, String secret) {
    boolean is(Client client) {
        return client.accepts(id, secret);
    }

    /** Hides both: whoever mixes them up shows the secret as the id. */
    @Override
    public String toString() {
        return "ShownClient[hidden]";
    }
}
