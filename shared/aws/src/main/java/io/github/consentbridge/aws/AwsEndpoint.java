package io.github.consentbridge.aws;

import io.github.consentbridge.connectors.http.ServiceUrl;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a service is, if the environment says so.
 *
 * @see <a href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html">{@code AWS_ENDPOINT_URL}</a>
 */
public final class AwsEndpoint {
    private AwsEndpoint() {}

    /**
     * The address that is given for a service, or for all of them.
     *
     * @param service as the variable names it, for example {@code SECRETS_MANAGER}
     * @throws IllegalArgumentException if it is plain http to another machine
     */
    public static @Nullable ServiceUrl given(Map<String, String> environment, String service) {
        String own = "AWS_ENDPOINT_URL_" + service;
        String name = environment.containsKey(own) ? own : "AWS_ENDPOINT_URL";
        @Nullable String url = environment.get(name);
        return url == null || url.isBlank() ? null : ServiceUrl.parse(name, url);
    }
}
