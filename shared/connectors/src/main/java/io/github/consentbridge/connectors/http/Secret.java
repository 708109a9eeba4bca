package io.github.consentbridge.connectors.http;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** A value that must not be seen: prints {@code Secret[hidden]} wherever it is logged, concatenated or put in a record. */
public final class Secret {
    private final String value;

    private Secret(String value) {
        this.value = requireNonNull(value, "value");
    }

    /** Hides a value. */
    public static Secret of(String value) {
        return new Secret(value);
    }

    /** The value itself, for the one place that sends it. */
    public String value() {
        return value;
    }

    /** Whether a presented value is this one, compared in a time that does not depend on where they differ. */
    public boolean matches(String presented) {
        return MessageDigest.isEqual(
                value.getBytes(StandardCharsets.UTF_8), presented.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Secret secret && matches(secret.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return "Secret[hidden]";
    }
}
