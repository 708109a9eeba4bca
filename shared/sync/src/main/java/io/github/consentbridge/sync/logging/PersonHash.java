package io.github.consentbridge.sync.logging;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.consentbridge.mapping.document.OrganizationUserId;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Under which name a person is stored or logged: a keyed hash, so that what is left of an erased person, and any copy of
 * the names, does not tell who it was to somebody who tries likely ids without the key. Safe for use by several threads.
 */
public final class PersonHash {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int BYTES = 16;

    /** Finding an implementation costs more than the hash. */
    private final ThreadLocal<Mac> mac;

    /** @param key of one store, or of all logs; at least 16 random bytes for the hash to be worth anything */
    public PersonHash(byte[] key) {
        SecretKeySpec secret = new SecretKeySpec(key, ALGORITHM);
        mac = ThreadLocal.withInitial(() -> mac(secret));
    }

    private static Mac mac(SecretKeySpec key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    /** 32 hexadecimal digits: the same for the same person and key. */
    public String of(OrganizationUserId person) {
        return HexFormat.of().formatHex(mac.get().doFinal(person.value().getBytes(UTF_8)), 0, BYTES);
    }
}
