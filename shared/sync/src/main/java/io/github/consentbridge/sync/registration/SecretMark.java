package io.github.consentbridge.sync.registration;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.consentbridge.connectors.http.Secret;
import io.github.consentbridge.sync.credentials.Hmac;
import java.util.HexFormat;
import javax.crypto.Mac;

/**
 * Shows whether a registered secret is still the current one, without revealing it. Neither system returns a secret, so the
 * mark is stored beside it. Its key is our own credential for that system, so that the mark cannot be used to guess
 * secrets.
 */
final class SecretMark {
    private static final int BYTES = 8;

    private SecretMark() {}

    /**
     * The mark of a secret and its name: 16 hexadecimal digits.
     *
     * @param key our own credential for that system
     */
    static String of(Secret key, String name, Secret secret) {
        Mac mac = Hmac.sha256(key.value().getBytes(UTF_8));
        byte[] digest = mac.doFinal((name + "\n" + secret.value()).getBytes(UTF_8));
        return HexFormat.of().formatHex(digest, 0, BYTES);
    }
}
