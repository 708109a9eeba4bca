package io.github.consentbridge.sync.intake;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.connectors.http.Secret;
import io.github.consentbridge.mapping.json.JsonTree;
import io.github.consentbridge.sync.credentials.BridgeSecret;
import io.github.consentbridge.sync.credentials.BridgeSecret.Client;
import io.github.consentbridge.sync.credentials.BridgeSecret.Webhook;
import io.github.consentbridge.sync.credentials.Credentials;
import io.github.consentbridge.sync.intake.token.AccessTokens;
import io.github.consentbridge.sync.intake.token.Authorization;
import io.github.consentbridge.sync.intake.token.TokenRequest;
import java.util.Optional;

/**
 * Issues a token for the client credentials of the secret. Errors are those of the standard and repeat nothing of the
 * request. If the secret has no client credentials, every request gets the same refusal.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-4.4">RFC 6749, client credentials grant</a>
 */
final class TokenEndpoint implements Route {
    /** A client's id and secret need a small part of it; anybody may send so much. */
    private static final int MAX_BYTES = 1 << 14;

    private final Credentials credentials;
    private final AccessTokens tokens;
    private final RequestLog log;

    TokenEndpoint(Credentials credentials, AccessTokens tokens, RequestLog log) {
        this.credentials = credentials;
        this.tokens = tokens;
        this.log = log;
    }

    @Override
    public int maxBytes() {
        return MAX_BYTES;
    }

    /** Most credentials are in the body; those of a header are checked before it is read. */
    @Override
    public Optional<WebhookReply> refusal(RequestHead head) {
        // If no client can be accepted, all requests get the same reply.
        boolean acceptsAny = client(credentials.current()).isPresent()
                || client(credentials.refreshed()).isPresent();
        if (!acceptsAny || hasWrongHeader(head)) {
            return Optional.of(invalidClient());
        }
        return head.refusalOfBody(maxBytes()).map(this::refused);
    }

    private boolean hasWrongHeader(RequestHead head) {
        TokenRequest known = TokenRequest.read(authorization(head), "");
        return !known.clients().isEmpty() && known(known).isEmpty();
    }

    private static String authorization(RequestHead head) {
        return head.header(Authorization.HEADER).orElse("");
    }

    @Override
    public WebhookReply answer(RequestHead head, RequestBody body) {
        try {
            return answer(TokenRequest.read(authorization(head), body.text()));
        } catch (RequestBody.RefusedException e) {
            return refused(e.answer());
        }
    }

    private WebhookReply refused(Answer answer) {
        return logged(answer.status(), answer.reason(), WebhookReply.of(answer));
    }

    private WebhookReply answer(TokenRequest request) {
        Optional<Secret> presented = known(request);
        if (presented.isEmpty()) {
            return invalidClient();
        }
        if (request.grantType().isEmpty()) {
            return error(400, "invalid_request");
        }
        return request.grantType().get().equals("client_credentials")
                ? issued(presented.get())
                : error(400, "unsupported_grant_type");
    }

    /** Unknown credentials may be from a rotation that this process has not seen yet. */
    private Optional<Secret> known(TokenRequest request) {
        if (request.clients().isEmpty()) {
            return Optional.empty();
        }
        return client(credentials.current())
                .flatMap(request::presentedSecret)
                .or(() -> client(credentials.refreshed()).flatMap(request::presentedSecret));
    }

    private static Optional<Client> client(BridgeSecret secret) {
        return secret.didomiWebhook().flatMap(Webhook::client);
    }

    private WebhookReply issued(Secret presented) {
        log.done("token issued");
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("access_token", tokens.issue(presented))
                .put("token_type", Authorization.BEARER)
                .put("expires_in", AccessTokens.LIFETIME.toSeconds());
        return reply(200, body);
    }

    private WebhookReply invalidClient() {
        return error(401, "invalid_client").with("www-authenticate", "Basic realm=\"consent-bridge\"");
    }

    private WebhookReply error(int status, String error) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("error", error);
        return logged(status, error, reply(status, body));
    }

    private static WebhookReply reply(int status, ObjectNode body) {
        return WebhookReply.json(status, JsonTree.write(body)).with("cache-control", "no-store");
    }

    private WebhookReply logged(int status, String why, WebhookReply reply) {
        log.refused("token refused", status, why);
        return reply;
    }
}
