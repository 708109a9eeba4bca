package io.github.consentbridge.simulators.didomi;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** A receiver of deliveries with its headers and its token endpoint. */
record Webhook(String id, URI url, Map<String, String> headers, Optional<Login> login) {
    /** OAuth client credentials that the receiver issued. */
    record Login(URI url, String clientId, String clientSecret) {
        @Override
        public String toString() {
            return "Login[" + url + "]";
        }
    }
}
