package io.github.consentbridge.aws;

import io.github.consentbridge.connectors.http.ServiceUrl;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The address of a service, if the environment names it.
 *
 * @see <a href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html">{@code AWS_ENDPOINT_URL}</a>
 */
public final class AwsEndpoint {
    private AwsEndpoint() {}

    /**
     * The address given for a service, or for all services.
     *
     * @param service its name in the variable, for example {@code SECRETS_MANAGER}
     * @throws IllegalArgumentException if it is plain http to another machine
     */
    public static @Nullable ServiceUrl given(Map<String, String> environment, String service) {
        String own = "AWS_ENDPOINT_URL_" + service;
        String name = environment.containsKey(own) ? own : "AWS_ENDPOINT_URL";
        @Nullable String url = environment.get(name);
        return url == null || url.isBlank() ? null : ServiceUrl.parse(name, url);
    }
}
