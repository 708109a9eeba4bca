package io.github.consentbridge.functions.http;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request's headers, whose names have no case. API Gateway sends them in lower case, other hosts need not. */
public final class Headers {
    private final Map<String, String> headers;

    /** @param headers null where the request has none */
    public Headers(@Nullable Map<String, String> headers) {
        this.headers = headers == null ? Map.of() : headers;
    }

    /** The value of the first header of this name. */
    public Optional<String> value(String name) {
        @Nullable String exact = headers.get(name);
        return exact != null
                ? Optional.of(exact)
                : headers.entrySet().stream()
                        .filter(header -> name.equalsIgnoreCase(header.getKey()))
                        .flatMap(header -> Optional.ofNullable(header.getValue()).stream())
                        .findFirst();
    }
}
