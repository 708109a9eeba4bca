package io.github.consentbridge.connectors.didomi;

import static java.util.Objects.requireNonNull;

import io.github.consentbridge.connectors.http.Secret;

/**
 * An integration of the type {@code webhook-http}, as Didomi shows it.
 *
 * @param url where deliveries go
 * @param tokenUrl where Didomi logs in first; empty where it does not
 * @param clientId whom it logs in as; empty where it does not
 * @param source the whole of it as JSON, hidden because it may hold the client secret
 */
public record WebhookIntegration(String id, String url, String tokenUrl, String clientId, Secret source) {
    public WebhookIntegration {
        requireNonNull(id, "id");
        requireNonNull(url, "url");
        requireNonNull(tokenUrl, "tokenUrl");
        requireNonNull(clientId, "clientId");
        requireNonNull(source, "source");
    }

    /** Where Didomi is told to deliver, and where and as whom to log in for that. */
    public record Settings(String url, String tokenUrl, String clientId, Secret clientSecret) {
        public Settings {
            requireNonNull(url, "url");
            requireNonNull(tokenUrl, "tokenUrl");
            requireNonNull(clientId, "clientId");
            requireNonNull(clientSecret, "clientSecret");
        }
    }
}
