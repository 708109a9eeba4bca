package io.github.consentbridge.sync.connections;

import io.github.consentbridge.connectors.didomi.DidomiAccess;
import io.github.consentbridge.connectors.http.ServiceUrl;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the other systems are, as far as the environment says so.
 *
 * @param didomiApi {@code DIDOMI_API_URL}
 * @param entraLogin {@code ENTRA_LOGIN_URL}; null: chosen from the instance's cloud
 */
public record Endpoints(ServiceUrl didomiApi, @Nullable ServiceUrl entraLogin) {
    /** Throws an {@link IllegalArgumentException} with one sentence that names the variable. */
    public static Endpoints of(Map<String, String> environment) {
        String didomi = environment.getOrDefault("DIDOMI_API_URL", DidomiAccess.API_URL);
        @Nullable String entra = environment.get("ENTRA_LOGIN_URL");
        return new Endpoints(
                ServiceUrl.parse("DIDOMI_API_URL", didomi),
                entra == null || entra.isBlank() ? null : ServiceUrl.parse("ENTRA_LOGIN_URL", entra));
    }
}
