package io.github.consentbridge.sync.intake.token;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.consentbridge.connectors.http.Secret;
import io.github.consentbridge.sync.credentials.Hmac;
import java.util.Base64;

/**
 * The signature {@code HS256} of compact tokens.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7515#appendix-A.1">RFC 7515, appendix A.1</a>
 */
final class Hs256 {
    private Hs256() {}

    /** Base64url without padding, as compact tokens write it. */
    static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** @param signed a token's encoded header and payload, with the dot between them */
    static String signature(Secret key, String signed) {
        return signature(key.value().getBytes(UTF_8), signed);
    }

    static String signature(byte[] key, String signed) {
        return encode(Hmac.sha256(key).doFinal(signed.getBytes(UTF_8)));
    }
}
