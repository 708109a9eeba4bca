package io.github.consentbridge.connectors.entra;

import static java.util.Objects.requireNonNull;

import io.github.consentbridge.connectors.http.Secret;
import io.github.consentbridge.connectors.http.ServiceUrl;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Our app registration.
 *
 * @param tenantId GUID or domain name of the tenant
 * @param loginUrl {@code ENTRA_LOGIN_URL}; if null, the instance's cloud decides
 */
public record EntraAccess(
        String tenantId,
        String clientId,
        Secret clientSecret,
        @Nullable ServiceUrl loginUrl) {
    private static final Pattern TENANT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]*");

    public EntraAccess {
        requireNonNull(clientSecret, "clientSecret");
        if (!TENANT.matcher(tenantId).matches()) {
            throw new IllegalArgumentException("tenant_id must be the tenant's GUID or domain name");
        }
        if (clientId.isBlank()) {
            throw new IllegalArgumentException("client_id must be the app registration's application id");
        }
    }
}
