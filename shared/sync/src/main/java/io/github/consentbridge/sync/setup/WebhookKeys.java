package io.github.consentbridge.sync.setup;

import io.github.consentbridge.connectors.http.Secret;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * The values that a bridge issues itself: 32 random bytes each, in hexadecimal digits.
 *
 * @param didomi what Didomi sends in a header, if its webhook is entered by hand
 * @param clientSecret with which Didomi gets its tokens
 * @param dynamics what Dynamics sends in a header
 * @param logKey keys the hash that identifies a person in logs
 */
public record WebhookKeys(Secret didomi, Secret clientSecret, Secret dynamics, Secret logKey) {
    private static final int BYTES = 32;

    /** Generates new ones. */
    public static WebhookKeys generate(RandomGenerator random) {
        return new WebhookKeys(value(random), value(random), value(random), value(random));
    }

    private static Secret value(RandomGenerator random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Secret.of(HexFormat.of().formatHex(bytes));
    }
}
