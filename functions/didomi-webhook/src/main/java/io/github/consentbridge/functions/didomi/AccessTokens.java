package io.github.consentbridge.functions.didomi;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.consentbridge.connectors.http.Secret;
import io.github.consentbridge.mapping.json.JsonTree;
import io.github.consentbridge.sync.credentials.BridgeSecret.Client;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;

/**
 * The bearer tokens that Didomi gets from us and shows us again: JWTs signed with {@code HS256} by the client's secret,
 * so that a secret that is dropped takes its tokens with it, and nothing about them has to be stored.
 *
 * <p>Written by hand instead of with a library: we are the only one who issues them and the only one who reads them, in
 * one algorithm and with one header, which is compared as a whole. What token libraries are needed for, and what goes
 * wrong in using them, is choosing by what a foreign header says.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7519">RFC 7519</a>
 */
final class AccessTokens {
    /** What a token is good for; another use of the same secret would name another. */
    static final String AUDIENCE = "consent-bridge/webhooks/didomi";

    static final String ISSUER = "consent-bridge";

    /** Whether Didomi renews a token by its lifetime or after a 401 is unknown: a 401 costs it one of few attempts. */
    static final Duration LIFETIME = Duration.ofHours(24);

    private static final String HEADER = Hs256.encode("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(UTF_8));

    /** Ours have about 230. */
    private static final int MAX_CHARACTERS = 1_000;

    private final Clock clock;

    AccessTokens(Clock clock) {
        this.clock = clock;
    }

    /** A token for this client, signed with its current secret. */
    String issue(Client client) {
        long issuedAt = clock.instant().getEpochSecond();
        JsonNode claims = JsonNodeFactory.instance
                .objectNode()
                .put("iss", ISSUER)
                .put("aud", AUDIENCE)
                .put("iat", issuedAt)
                .put("exp", issuedAt + LIFETIME.toSeconds());
        String signed = HEADER + "." + Hs256.encode(JsonTree.write(claims).getBytes(UTF_8));
        return signed + "." + Hs256.signature(client.secrets().get(0), signed);
    }

    /** Whether this is a token that we issued to the client, and its time is not over. */
    boolean accepts(Client client, String token) {
        int end = token.lastIndexOf('.');
        return token.length() <= MAX_CHARACTERS
                && token.startsWith(HEADER + ".")
                && end > HEADER.length()
                && isSigned(client.secrets(), token.substring(0, end), token.substring(end + 1))
                && isValid(token.substring(HEADER.length() + 1, end));
    }

    /** Signatures are compared as texts: decoding would let several texts stand for one. */
    private static boolean isSigned(List<Secret> secrets, String signed, String signature) {
        boolean found = false;
        for (Secret secret : secrets) {
            // No early exit: the time must not tell which of them it was.
            found |= Secret.of(Hs256.signature(secret, signed)).matches(signature);
        }
        return found;
    }

    private boolean isValid(String payload) {
        try {
            JsonNode claims = JsonTree.read(Base64.getUrlDecoder().decode(payload));
            JsonNode expiry = claims.path("exp");
            return ISSUER.equals(claims.path("iss").textValue())
                    && AUDIENCE.equals(claims.path("aud").textValue())
                    && expiry.isIntegralNumber()
                    && expiry.canConvertToLong()
                    && clock.instant().getEpochSecond() < expiry.longValue();
        } catch (IOException | IllegalArgumentException e) {
            // Signed with our secret, but no token: somebody else's use of it.
            return false;
        }
    }
}
