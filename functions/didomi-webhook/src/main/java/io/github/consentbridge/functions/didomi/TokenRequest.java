package io.github.consentbridge.functions.didomi;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.consentbridge.functions.http.Headers;
import io.github.consentbridge.sync.credentials.BridgeSecret.Client;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request for a token. How Didomi asks is not documented, so the client's credentials may stand in a form, in a JSON
 * object or in a Basic credential.
 *
 * @param clients the client as it may be meant, none where nobody is named
 * @param grantType empty where it is missing, or where the body cannot be read
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1">RFC 6749, client password</a>
 */
record TokenRequest(List<ShownClient> clients, Optional<String> grantType) {
    TokenRequest {
        clients = List.copyOf(clients);
    }

    /** Reads a request. What cannot be read names nobody and asks for nothing. */
    static TokenRequest read(Headers headers, String body) {
        Map<String, String> fields = TokenFields.read(body);
        List<ShownClient> clients = Authorization.credentials(headers, Authorization.BASIC)
                .map(TokenRequest::fromBasic)
                .orElseGet(() -> fromFields(fields));
        return new TokenRequest(clients, Optional.ofNullable(fields.get("grant_type")));
    }

    /** Whether the client is meant. */
    boolean names(Client client) {
        boolean named = false;
        for (ShownClient shown : clients) {
            named |= shown.is(client);
        }
        return named;
    }

    private static List<ShownClient> fromFields(Map<String, String> fields) {
        String id = fields.get("client_id");
        String secret = fields.get("client_secret");
        return id == null || secret == null ? List.of() : List.of(new ShownClient(id, secret));
    }

    /** By the standard both parts are form-encoded before they are joined; many senders leave that out. */
    private static List<ShownClient> fromBasic(String encoded) {
        List<ShownClient> clients = new ArrayList<>();
        try {
            String pair = new String(Base64.getDecoder().decode(encoded), UTF_8);
            int colon = pair.indexOf(':');
            if (colon >= 0) {
                String id = pair.substring(0, colon);
                String secret = pair.substring(colon + 1);
                clients.add(new ShownClient(id, secret));
                clients.add(new ShownClient(URLDecoder.decode(id, UTF_8), URLDecoder.decode(secret, UTF_8)));
            }
        } catch (IllegalArgumentException e) {
            // Not Base64: nobody is named. Not form-encoded: then it stands for itself.
            return clients;
        }
        return clients;
    }
}
