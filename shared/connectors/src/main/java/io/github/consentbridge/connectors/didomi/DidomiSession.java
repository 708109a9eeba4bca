package io.github.consentbridge.connectors.didomi;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.consentbridge.connectors.http.RemoteException;
import io.github.consentbridge.connectors.http.RemoteFailure;
import io.github.consentbridge.connectors.http.RemoteResponse;
import io.github.consentbridge.connectors.http.Secret;
import io.github.consentbridge.connectors.http.TokenSource;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The session token, cached until shortly before it expires. Sessions have a rate limit that the rest of the Consents
 * API does not have.
 *
 * @see <a href="https://developers.didomi.io/api/introduction/authentication">Authentication</a>
 */
final class DidomiSession implements TokenSource {
    private static final Duration MAX_MARGIN = Duration.ofMinutes(1);
    /** For a token without an expiry; the documented lifetime is an hour. */
    private static final Duration ASSUMED_LIFE = Duration.ofMinutes(15);

    private final DidomiAccess access;
    private final Function<HttpRequest, RemoteResponse> sender;
    private final Clock clock;
    private @Nullable Token current;

    private record Token(Secret value, Instant useUntil) {}

    DidomiSession(DidomiAccess access, Function<HttpRequest, RemoteResponse> sender, Clock clock) {
        this.access = access;
        this.sender = sender;
        this.clock = clock;
    }

    @Override
    public synchronized Secret token() {
        Token known = current;
        if (known == null || !clock.instant().isBefore(known.useUntil())) {
            known = mint();
            current = known;
        }
        return known.value();
    }

    @Override
    public synchronized Secret tokenInsteadOf(Secret refused) {
        if (current != null && current.value().equals(refused)) {
            current = null;
        }
        return token();
    }

    private Token mint() {
        String body = DidomiJson.object(Map.of(
                "type", "api-key",
                "key", access.key().value(),
                "secret", access.secret().value()));
        HttpRequest request = HttpRequest.newBuilder(access.apiUrl().resolve("/sessions"))
                .header("Accept", "application/json")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        RemoteResponse response = sender.apply(request);
        if (response.status() == 400 || response.status() == 401 || response.status() == 403) {
            throw refused(response);
        }
        String token = DidomiJson.object(response).path("access_token").textValue();
        if (token == null || !token.matches("[\\x21-\\x7e]+")) {
            throw DidomiException.unreadable(response, "the session has no token");
        }
        return new Token(Secret.of(token), clock.instant().plus(usableLife(token)));
    }

    /** Status 0: the configuration is wrong, not this request, so every delivery would fail in the same way. */
    private static DidomiException refused(RemoteResponse response) {
        return new DidomiException(
                RemoteFailure.withoutAnswer(RemoteException.Kind.PERMANENT, "bad_credentials"),
                "Didomi refused the API key (" + response.status()
                        + "): check didomi.key and didomi.secret, and that the key is enabled");
    }

    /** From the token's {@code iat} to its {@code exp}, less a margin, so that it does not depend on our clock. */
    private Duration usableLife(String token) {
        JsonNode claims = claims(token);
        Duration life = ASSUMED_LIFE;
        if (claims.path("exp").canConvertToLong()) {
            long from = claims.path("iat").asLong(clock.instant().getEpochSecond());
            life = Duration.ofSeconds(claims.path("exp").longValue() - from);
        }
        Duration margin = life.dividedBy(10);
        return life.minus(margin.compareTo(MAX_MARGIN) < 0 ? margin : MAX_MARGIN);
    }

    private static JsonNode claims(String token) {
        String[] parts = token.split("\\.", -1);
        try {
            return DidomiJson.tryRead(Base64.getUrlDecoder().decode(parts.length > 1 ? parts[1] : ""));
        } catch (IllegalArgumentException e) {
            return DidomiJson.tryRead(new byte[0]);
        }
    }
}
