package io.github.consentbridge.simulators.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One request to a simulated system: an HTTP request, or one part of a batch. */
public final class Call {
    private final String method;
    private final String target;
    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final byte[] body;

    /**
     * @param target path and query as received, still percent-encoded
     * @param headers the headers; several with one name are joined by a comma
     */
    public Call(String method, String target, Map<String, String> headers, byte[] body) {
        this.method = method;
        this.target = target;
        this.headers.putAll(headers);
        this.body = body.clone();
    }

    public String method() {
        return method;
    }

    public boolean is(String wantedMethod) {
        return method.equals(wantedMethod);
    }

    public String target() {
        return target;
    }

    /** The path, still percent-encoded, so that encoded separators can be distinguished. */
    public String rawPath() {
        int question = target.indexOf('?');
        return question < 0 ? target : target.substring(0, question);
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    public boolean prefers(String preference) {
        return header("Prefer")
                .map(prefer -> prefer.toLowerCase(Locale.ROOT))
                .filter(prefer -> prefer.contains(preference))
                .isPresent();
    }

    public byte[] body() {
        return body.clone();
    }

    public String bodyText() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** Whether the decoded address or the body contains this text. */
    boolean holds(String text) {
        return decode(target).contains(text) || bodyText().contains(text);
    }

    /**
     * The decoded query parameters in their order. A plus sign is a blank, as in both real systems.
     *
     * @throws IllegalArgumentException if a percent escape is malformed or a name occurs twice
     */
    public Map<String, String> query() {
        int question = target.indexOf('?');
        return question < 0 ? Map.of() : form(target.substring(question + 1));
    }

    /** Decodes {@code name=value&name=value}; refuses a repeated name. */
    public static Map<String, String> form(String encoded) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String pair : encoded.split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
            if (values.putIfAbsent(name, value) != null) {
                throw new IllegalArgumentException("Query option '" + name + "' was specified more than once.");
            }
        }
        return values;
    }

    public static String decode(String encoded) {
        return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
    }
}
