package io.github.consentbridge.sync.intake.token;

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
 * Issues and checks the bearer tokens that Didomi may send: JWTs signed with {@code HS256} by the secret that the
 * client presented. Dropping a secret ends every token obtained with it, and nothing about a token has to be stored.
 *
 * <p>Written by hand instead of with a library: only this class issues these tokens and only this class reads them, with one
 * algorithm and one header, which is compared as a whole. Token libraries choose the algorithm by a foreign header; that
 * choice is not needed here, and most mistakes with tokens are made in it.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7519">RFC 7519</a>
 */
public final class AccessTokens {
    /** Another use of the same secret would have another audience. */
    static final String AUDIENCE = "consent-bridge/webhooks/didomi";

    static final String ISSUER = "consent-bridge";

    /** Long, because Didomi may renew a token only after a 401, which costs it one of few attempts. */
    public static final Duration LIFETIME = Duration.ofHours(24);

    private static final String HEADER = Hs256.encode("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(UTF_8));

    /** Our tokens have about 230. */
    private static final int MAX_CHARACTERS = 1_000;

    private final Clock clock;

    /** @param clock times new tokens and ends old ones */
    public AccessTokens(Clock clock) {
        this.clock = clock;
    }

    /**
     * A token for the client that presented this secret.
     *
     * @param presented signs it: when the secret is dropped, the token ends
     */
    public String issue(Secret presented) {
        long issuedAt = clock.instant().getEpochSecond();
        JsonNode claims = JsonNodeFactory.instance
                .objectNode()
                .put("iss", ISSUER)
                .put("aud", AUDIENCE)
                .put("iat", issuedAt)
                .put("exp", issuedAt + LIFETIME.toSeconds());
        String signed = HEADER + "." + Hs256.encode(JsonTree.write(claims).getBytes(UTF_8));
        return signed + "." + Hs256.signature(presented, signed);
    }

    /** Whether we issued this token to the client and it has not expired. */
    public boolean accepts(Client client, String token) {
        int end = token.lastIndexOf('.');
        return token.length() <= MAX_CHARACTERS
                && token.startsWith(HEADER + ".")
                && end > HEADER.length()
                && isSigned(client.secrets(), token.substring(0, end), token.substring(end + 1))
                && isValid(token.substring(HEADER.length() + 1, end));
    }

    /** Signatures are compared as texts: several texts can decode to the same bytes. */
    private static boolean isSigned(List<Secret> secrets, String signed, String signature) {
        boolean found = false;
        for (Secret secret : secrets) {
            // No early exit: the time must not show which secret matched.
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
            // Signed with our secret for another purpose.
            return false;
        }
    }
}
