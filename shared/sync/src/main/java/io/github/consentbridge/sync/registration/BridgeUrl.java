package io.github.consentbridge.sync.registration;

import io.github.consentbridge.connectors.http.ServiceUrl;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where the other systems reach this bridge.
 *
 * @param base https, or plain http on this machine; what stands before the paths
 */
public record BridgeUrl(ServiceUrl base) {
    /** Where Didomi delivers. */
    public static final String DIDOMI_PATH = "/webhooks/didomi";

    /** Where Dynamics delivers. */
    public static final String DYNAMICS_PATH = "/webhooks/dynamics";

    /** Where Didomi logs in. */
    public static final String TOKEN_PATH = "/oauth/token";

    private static final Set<Integer> HTTPS_PORTS = Set.of(-1, 443);

    /**
     * Reads an address.
     *
     * @throws IllegalArgumentException with one sentence that says what to give instead
     */
    public static BridgeUrl parse(String setting, String text) {
        ServiceUrl base = ServiceUrl.parse(setting, text);
        if (!base.isLoopback() && !HTTPS_PORTS.contains(base.uri().getPort())) {
            throw new IllegalArgumentException(
                    setting + " must use port 443: Dynamics calls no other; put the bridge behind a proxy");
        }
        String path = base.uri().getRawPath();
        if (path.endsWith(DIDOMI_PATH) || path.endsWith(DYNAMICS_PATH) || path.endsWith(TOKEN_PATH)) {
            throw new IllegalArgumentException(
                    setting + " must be the bridge's own address, without the path of a webhook");
        }
        return new BridgeUrl(base);
    }

    /** The bridge that an address of one of its webhooks belongs to; empty if it is none. */
    static Optional<BridgeUrl> ofWebhook(String address) {
        return Stream.of(DIDOMI_PATH, DYNAMICS_PATH)
                .filter(address::endsWith)
                .map(path -> parse("the registered address", address.substring(0, address.length() - path.length())))
                .findFirst();
    }

    String didomiWebhook() {
        return base.resolve(DIDOMI_PATH).toString();
    }

    String dynamicsWebhook() {
        return base.resolve(DYNAMICS_PATH).toString();
    }

    String tokenEndpoint() {
        return base.resolve(TOKEN_PATH).toString();
    }

    @Override
    public String toString() {
        return base.toString();
    }
}
