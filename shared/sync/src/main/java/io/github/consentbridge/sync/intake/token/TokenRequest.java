package io.github.consentbridge.sync.intake.token;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.consentbridge.connectors.http.Secret;
import io.github.consentbridge.sync.credentials.BridgeSecret.Client;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request for a token. How Didomi asks is not documented, so a form, a JSON object and a Basic credential are all
 * understood.
 *
 * @param clients every way to read the client's credentials; empty if there are none
 * @param grantType empty if it is missing or the body cannot be read
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1">RFC 6749, client password</a>
 */
public record TokenRequest(List<PresentedClient> clients, Optional<String> grantType) {
    public TokenRequest {
        clients = List.copyOf(clients);
    }

    /** Client credentials as a request presents them. */
    public record PresentedClient(String id, String secret) {
        /** Hides both, because a client may send its secret as the id by mistake. */
        @Override
        public String toString() {
            return "PresentedClient[hidden]";
        }
    }

    /**
     * Reads a request. What cannot be read counts as missing.
     *
     * @param authorization the value of that header; empty if there is none
     */
    public static TokenRequest read(String authorization, String body) {
        Map<String, String> fields = TokenFields.read(body);
        List<PresentedClient> clients = Authorization.credentials(authorization, Authorization.BASIC)
                .map(TokenRequest::fromBasic)
                .orElseGet(() -> fromFields(fields));
        return new TokenRequest(clients, Optional.ofNullable(fields.get("grant_type")));
    }

    /** The secret of this client that the request presents; empty if it presents none. */
    public Optional<Secret> presentedSecret(Client client) {
        // Reduced, not found first: the time must not reveal which credentials matched.
        return clients.stream()
                .flatMap(one -> client.accepted(one.id(), one.secret()).stream())
                .reduce((first, next) -> first);
    }

    private static List<PresentedClient> fromFields(Map<String, String> fields) {
        String id = fields.get("client_id");
        String secret = fields.get("client_secret");
        return id == null || secret == null ? List.of() : List.of(new PresentedClient(id, secret));
    }

    /** By the standard both parts are form-encoded before they are joined, but many senders omit that. */
    private static List<PresentedClient> fromBasic(String encoded) {
        List<PresentedClient> clients = new ArrayList<>();
        try {
            String pair = new String(Base64.getDecoder().decode(encoded), UTF_8);
            int colon = pair.indexOf(':');
            if (colon >= 0) {
                String id = pair.substring(0, colon);
                String secret = pair.substring(colon + 1);
                clients.add(new PresentedClient(id, secret));
                clients.add(new PresentedClient(URLDecoder.decode(id, UTF_8), URLDecoder.decode(secret, UTF_8)));
            }
        } catch (IllegalArgumentException e) {
            // Not Base64: there is no client. Not form-encoded: it is read as it is.
            return clients;
        }
        return clients;
    }
}
