package io.github.consentbridge.sync.intake.token;

import java.util.Optional;

/** The {@code Authorization} header, whose schemes are not case-sensitive. */
public final class Authorization {
    public static final String HEADER = "authorization";
    public static final String BEARER = "Bearer";
    static final String BASIC = "Basic";

    private Authorization() {}

    /** What follows this scheme's name in the header's value; empty if the header has another scheme. */
    public static Optional<String> credentials(String header, String scheme) {
        return Optional.of(header.strip())
                .filter(value -> value.regionMatches(true, 0, scheme + " ", 0, scheme.length() + 1))
                .map(value -> value.substring(scheme.length() + 1).strip());
    }
}
