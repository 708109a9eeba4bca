package io.github.consentbridge.standalone.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.consentbridge.mapping.OrganizationUserId;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.sql.DataSource;

/**
 * Under which name a person is stored: a hash keyed by this store, so that what is left of an erased person, and any
 * copy of the file's index, does not tell who it was to somebody who tries likely ids without the key.
 */
final class PersonHash {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int BYTES = 16;

    /** Finding an implementation costs more than the hash. */
    private final ThreadLocal<Mac> mac;

    private PersonHash(byte[] key) {
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

    static PersonHash of(DataSource store) {
        return new PersonHash(Sql.query(store, "SELECT bytes FROM hash_key", row -> row.getBytes(1))
                .get(0));
    }

    /** 32 hexadecimal digits. */
    String of(OrganizationUserId person) {
        return HexFormat.of().formatHex(mac.get().doFinal(person.value().getBytes(UTF_8)), 0, BYTES);
    }
}
