package io.github.consentbridge.connectors.dataverse.api;

import io.github.consentbridge.connectors.http.ServiceUrl;
import java.util.regex.Pattern;

/**
 * One Dataverse environment, given by the "REST API endpoint" of Didomi's connector configuration.
 *
 * @param origin where requests go, for example {@code https://acme.api.crm4.dynamics.com}
 */
public record DataverseEnvironment(ServiceUrl origin) {
    private static final Pattern API_PATH =
            Pattern.compile("(/api(/data(/v\\d+\\.\\d+)?)?)?", Pattern.CASE_INSENSITIVE);
    static final String API = "/api/data/v9.2";

    /**
     * Accepts the address with or without {@code /api/data/v9.2}, with or without a trailing slash, with or without
     * {@code .api.} in the host; https, or http to this machine.
     *
     * @throws IllegalArgumentException with one sentence for the operator
     */
    public static DataverseEnvironment parse(String instance) {
        ServiceUrl url = ServiceUrl.parse("instance", instance);
        if (!API_PATH.matcher(url.uri().getRawPath()).matches()) {
            throw new IllegalArgumentException(
                    "instance must be the environment's address, such as https://acme.crm4.dynamics.com");
        }
        return new DataverseEnvironment(ServiceUrl.parse("instance", url.origin()));
    }

    /** The scope of its tokens: the origin without {@code .api.}, and {@code /.default}. */
    public String scope() {
        return plainOrigin(origin.origin()) + "/.default";
    }

    /** Whether another origin is this environment, under its plain or its {@code .api.} name. */
    boolean isSameEnvironment(ServiceUrl other) {
        return plainOrigin(other.origin()).equals(plainOrigin(origin.origin()));
    }

    private static String plainOrigin(String origin) {
        return origin.replaceFirst("^(https://[^./]+)\\.api\\.", "$1.");
    }
}
