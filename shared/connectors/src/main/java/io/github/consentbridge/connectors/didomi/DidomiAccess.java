package io.github.consentbridge.connectors.didomi;

import static java.util.Objects.requireNonNull;

import io.github.consentbridge.connectors.http.Secret;
import io.github.consentbridge.connectors.http.ServiceUrl;

/**
 * Didomi's address and our credentials.
 *
 * @param apiUrl base of the Platform API, usually {@link #API_URL}
 * @param organizationId slug of the organisation
 * @param key private API key
 * @param secret its secret
 */
public record DidomiAccess(ServiceUrl apiUrl, String organizationId, Secret key, Secret secret) {
    /** Didomi's Platform API. */
    public static final String API_URL = "https://api.didomi.io/v1";

    public DidomiAccess {
        requireNonNull(apiUrl, "apiUrl");
        requireNonNull(organizationId, "organizationId");
        requireNonNull(key, "key");
        requireNonNull(secret, "secret");
    }
}
