package io.github.consentbridge.sync.registration;

import io.github.consentbridge.connectors.http.ServiceUrl;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The address at which the other systems reach this bridge.
 *
 * @param base https, or plain http on this machine; without the paths of the webhooks
 */
public record BridgeUrl(ServiceUrl base) {
    public static final String DIDOMI_PATH = "/webhooks/didomi";
    public static final String DYNAMICS_PATH = "/webhooks/dynamics";
    public static final String TOKEN_PATH = "/oauth/token";

    private static final Set<Integer> HTTPS_PORTS = Set.of(-1, 443);

    /** Throws an {@link IllegalArgumentException} with one sentence that says what to use instead. */
    public static BridgeUrl parse(String setting, String text) {
        ServiceUrl base = ServiceUrl.parse(setting, text);
        if (!base.isLoopback() && !HTTPS_PORTS.contains(base.uri().getPort())) {
            throw new IllegalArgumentException(
                    setting + " must use port 443, the only port that Dynamics calls: put the bridge behind a proxy");
        }
        String path = base.uri().getRawPath();
        if (path.endsWith(DIDOMI_PATH) || path.endsWith(DYNAMICS_PATH) || path.endsWith(TOKEN_PATH)) {
            throw new IllegalArgumentException(
                    setting + " must be the bridge's own address, without the path of a webhook");
        }
        return new BridgeUrl(base);
    }

    /** The bridge to which a webhook's address belongs; empty if it is not an address of a bridge's webhook. */
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
