package io.github.consentbridge.sync.logging;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.consentbridge.mapping.document.OrganizationUserId;
import io.github.consentbridge.sync.credentials.Hmac;
import java.util.HexFormat;
import javax.crypto.Mac;

/**
 * Under which name a person is stored or logged: a keyed hash, so that what is left of an erased person, and any copy of
 * the names, does not tell who it was to somebody who tries likely ids without the key. Safe for use by several threads.
 */
public final class PersonHash {
    private static final int BYTES = 16;
    private static final int LOGGED_DIGITS = 16;

    /** Finding an implementation costs more than the hash. */
    private final ThreadLocal<Mac> mac;

    /** @param key of one store, or of all logs; at least 16 random bytes for the hash to be worth anything */
    public PersonHash(byte[] key) {
        byte[] own = key.clone();
        mac = ThreadLocal.withInitial(() -> Hmac.sha256(own));
    }

    /** 32 hexadecimal digits: the same for the same person and key. */
    public String of(OrganizationUserId person) {
        return HexFormat.of().formatHex(mac.get().doFinal(person.value().getBytes(UTF_8)), 0, BYTES);
    }

    /** The first half of it, by which a log line names the person. */
    public String inLogs(OrganizationUserId person) {
        return of(person).substring(0, LOGGED_DIGITS);
    }
}
