package io.github.consentbridge.simulators.didomi;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** Where deliveries go, with what headers, and how to log in there first. */
record Webhook(String id, URI url, Map<String, String> headers, Optional<Login> login) {
    /** OAuth client credentials of the receiver, which invented them. */
    record Login(URI url, String clientId, String clientSecret) {
        @Override
        public String toString() {
            return "Login[" + url + "]";
        }
    }
}
