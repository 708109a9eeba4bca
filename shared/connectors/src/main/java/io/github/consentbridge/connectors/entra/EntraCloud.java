package io.github.consentbridge.connectors.entra;

import io.github.consentbridge.connectors.http.ServiceUrl;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Maps the end of an environment's host to its Entra ID host. Region numbers are not checked, because new ones are
 * added.
 *
 * @see <a href="https://learn.microsoft.com/power-platform/admin/new-datacenter-regions">Regions</a>
 */
record EntraCloud(String hostSuffix, String loginHost) {
    private static final String PUBLIC = "login.microsoftonline.com";
    private static final List<EntraCloud> CLOUDS = List.of(
            new EntraCloud(".dynamics.com", PUBLIC),
            new EntraCloud(".dynamics.cn", "login.chinacloudapi.cn"),
            new EntraCloud(".microsoftdynamics.us", "login.microsoftonline.us"),
            new EntraCloud(".appsplatform.us", "login.microsoftonline.us"));

    /** An https override is its own authority; a plain http one is reached only through our HTTP client. */
    static String loginHostFor(ServiceUrl instance, @Nullable ServiceUrl override) {
        if (override != null) {
            return override.isLoopback() ? PUBLIC : override.uri().getRawAuthority();
        }
        return CLOUDS.stream()
                .filter(cloud -> instance.host().endsWith(cloud.hostSuffix()))
                .map(EntraCloud::loginHost)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("instance is on " + instance.host()
                        + ", which belongs to no known cloud; check it, or set ENTRA_LOGIN_URL"));
    }
}
