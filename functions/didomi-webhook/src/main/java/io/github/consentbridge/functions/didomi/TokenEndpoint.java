package io.github.consentbridge.functions.didomi;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.consentbridge.functions.http.Headers;
import io.github.consentbridge.functions.http.HttpReply;
import io.github.consentbridge.functions.http.RequestBody;
import io.github.consentbridge.functions.http.RequestLog;
import io.github.consentbridge.functions.http.Route;
import io.github.consentbridge.sync.credentials.BridgeSecret;
import io.github.consentbridge.sync.credentials.BridgeSecret.Client;
import io.github.consentbridge.sync.credentials.BridgeSecret.Webhook;
import io.github.consentbridge.sync.credentials.Credentials;
import java.util.Optional;

/**
 * Issues a token to whoever shows the client credentials of the secret. Errors are those of the standard; nothing of a
 * request is repeated in them. Without client credentials in the secret nobody gets one.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-4.4">RFC 6749, client credentials grant</a>
 */
final class TokenEndpoint implements Route {
    private final Credentials credentials;
    private final AccessTokens tokens;
    private final RequestLog log;

    TokenEndpoint(Credentials credentials, AccessTokens tokens, RequestLog log) {
        this.credentials = credentials;
        this.tokens = tokens;
        this.log = log;
    }

    @Override
    public HttpReply answer(APIGatewayV2HTTPEvent request, Headers headers) {
        try {
            return answer(TokenRequest.read(headers, RequestBody.of(request, headers)));
        } catch (RequestBody.RefusedException e) {
            // Where nobody can be let in, everybody is told the same.
            return client(credentials.current()).isEmpty()
                    ? invalidClient()
                    : told(e.answer().status(), e.answer().reason(), HttpReply.of(e.answer()));
        }
    }

    private HttpReply answer(TokenRequest request) {
        Optional<Client> client = known(request);
        if (client.isEmpty()) {
            return invalidClient();
        }
        if (request.grantType().isEmpty()) {
            return error(400, "invalid_request");
        }
        return request.grantType().get().equals("client_credentials")
                ? issued(client.get())
                : error(400, "unsupported_grant_type");
    }

    /** Whoever shows credentials that we do not know may have them from a rotation that we have not seen yet. */
    private Optional<Client> known(TokenRequest request) {
        if (request.clients().isEmpty()) {
            return Optional.empty();
        }
        return client(credentials.current())
                .filter(request::names)
                .or(() -> client(credentials.refreshed()).filter(request::names));
    }

    private static Optional<Client> client(BridgeSecret secret) {
        return secret.didomiWebhook().flatMap(Webhook::client);
    }

    private HttpReply issued(Client client) {
        log.done("token issued");
        String body = JsonNodeFactory.instance
                .objectNode()
                .put("access_token", tokens.issue(client))
                .put("token_type", Authorization.BEARER)
                .put("expires_in", AccessTokens.LIFETIME.toSeconds())
                .toString();
        return HttpReply.json(200, body).with("cache-control", "no-store");
    }

    private HttpReply invalidClient() {
        return error(401, "invalid_client").with("www-authenticate", "Basic realm=\"consent-bridge\"");
    }

    private HttpReply error(int status, String error) {
        String body = JsonNodeFactory.instance.objectNode().put("error", error).toString();
        return told(status, error, HttpReply.json(status, body).with("cache-control", "no-store"));
    }

    private HttpReply told(int status, String why, HttpReply reply) {
        log.refused("token refused", status, why);
        return reply;
    }
}
