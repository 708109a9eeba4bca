package io.github.consentbridge.sync.registration;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.consentbridge.connectors.http.Secret;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tells one secret from the next without telling anything of it. Neither system hands a secret back, so that the mark is
 * kept beside it. It is keyed by what we prove ourselves to that system with: who reads the mark cannot try secrets on it.
 */
final class SecretMark {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int BYTES = 8;

    private SecretMark() {}

    /**
     * The mark of a secret and of the name that goes with it: 16 hexadecimal digits.
     *
     * @param key what the other system knows us by
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
