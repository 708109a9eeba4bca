package io.github.consentbridge.functions.didomi;

import io.github.consentbridge.functions.http.Headers;
import java.util.Optional;

/** The {@code Authorization} header, whose schemes have no case. */
final class Authorization {
    static final String BASIC = "Basic";
    static final String BEARER = "Bearer";

    private Authorization() {}

    /** What follows this scheme's name; empty where the header has another scheme or there is none. */
    static Optional<String> credentials(Headers headers, String scheme) {
        return headers.value("authorization")
                .map(String::strip)
                .filter(value -> value.regionMatches(true, 0, scheme + " ", 0, scheme.length() + 1))
                .map(value -> value.substring(scheme.length() + 1).strip());
    }
}
