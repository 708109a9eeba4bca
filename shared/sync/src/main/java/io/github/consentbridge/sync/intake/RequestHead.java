package io.github.consentbridge.sync.intake;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * What precedes the body of an HTTP request, as its host received it. What the host does not know is empty.
 *
 * @param path the path as it was sent, still percent-encoded
 * @param headers values by names, whose case does not matter
 * @param sourceAddress the IP address that called: the sender's, or that of a proxy that the integration document names
 */
public record RequestHead(String method, String path, Map<String, String> headers, String sourceAddress) {
    public RequestHead {
        Map<String, String> anyCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        anyCase.putAll(headers);
        headers = Collections.unmodifiableMap(anyCase);
    }

    /** The value of the header of this name. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** The body's length in bytes, if the sender claims one. */
    public OptionalLong contentLength() {
        try {
            return OptionalLong.of(
                    Long.parseLong(headers.getOrDefault("content-length", "").strip()));
        } catch (NumberFormatException e) {
            // The host judges the syntax of HTTP; here it only means that the length is not known yet.
            return OptionalLong.empty();
        }
    }

    /**
     * Why no body can be accepted after this head.
     *
     * @param maxBytes how large a body may be
     * @return empty if the body may be read
     */
    Optional<Answer> refusalOfBody(int maxBytes) {
        if (!header("content-encoding").orElse("identity").strip().equalsIgnoreCase("identity")) {
            return Optional.of(Answer.ENCODED);
        }
        return contentLength().orElse(0) > maxBytes ? Optional.of(Answer.largerThan(maxBytes)) : Optional.empty();
    }

    /** Shows no headers, which hold keys. */
    @Override
    public String toString() {
        return "RequestHead[" + method + " " + path + "]";
    }
}
