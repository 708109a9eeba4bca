package io.github.consentbridge.connectors.didomi;

import static java.util.Objects.requireNonNull;

import io.github.consentbridge.connectors.http.Secret;

/**
 * An integration of the type {@code webhook-http}.
 *
 * @param url the address of deliveries
 * @param tokenUrl the token endpoint that Didomi calls first; empty if none
 * @param clientId the client id of that call; empty if none
 * @param source the complete JSON, hidden because it may contain the client secret
 */
public record WebhookIntegration(String id, String url, String tokenUrl, String clientId, Secret source) {
    public WebhookIntegration {
        requireNonNull(id, "id");
        requireNonNull(url, "url");
        requireNonNull(tokenUrl, "tokenUrl");
        requireNonNull(clientId, "clientId");
        requireNonNull(source, "source");
    }

    /** The address of deliveries, and how Didomi obtains a token for them. */
    public record Settings(String url, String tokenUrl, String clientId, Secret clientSecret) {
        public Settings {
            requireNonNull(url, "url");
            requireNonNull(tokenUrl, "tokenUrl");
            requireNonNull(clientId, "clientId");
            requireNonNull(clientSecret, "clientSecret");
        }
    }
}
