package io.github.consentbridge.sync.intake.token;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.consentbridge.connectors.http.Secret;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The signature {@code HS256} of compact tokens.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7515#appendix-A.1">RFC 7515, appendix A.1</a>
 */
final class Hs256 {
    private static final String HMAC = "HmacSHA256";

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
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            return encode(mac.doFinal(signed.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + HMAC, e);
        }
    }
}
