package io.github.consentbridge.sync.registration;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.consentbridge.connectors.http.Secret;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Shows whether a registered secret is still the current one, without revealing it. Neither system returns a secret, so the
 * mark is stored beside it. Its key is our own credential for that system, so that the mark cannot be used to guess
 * secrets.
 */
final class SecretMark {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int BYTES = 8;

    private SecretMark() {}

    /**
     * The mark of a secret and its name: 16 hexadecimal digits.
     *
     * @param key our own credential for that system
     */
    static String of(Secret key, String name, Secret secret) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key.value().getBytes(UTF_8), ALGORITHM));
            byte[] digest = mac.doFinal((name + "\n" + secret.value()).getBytes(UTF_8));
            return HexFormat.of().formatHex(digest, 0, BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}
