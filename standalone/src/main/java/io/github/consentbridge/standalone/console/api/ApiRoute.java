package io.github.consentbridge.standalone.console.api;

import io.github.consentbridge.sync.intake.WebhookReply;
import java.util.Optional;
import java.util.function.Function;

/**
 * One route of the API.
 *
 * @param method {@code GET} or {@code POST}
 * @param path {@code ID} is the place of a part that names something
 */
public record ApiRoute(String method, String path, Function<ApiRequest, WebhookReply> handler) {
    private static final String ID = "ID";

    static ApiRoute get(String path, Function<ApiRequest, WebhookReply> handler) {
        return new ApiRoute("GET", path, handler);
    }

    static ApiRoute post(String path, Function<ApiRequest, WebhookReply> handler) {
        return new ApiRoute("POST", path, handler);
    }

    /** What stands in the place of {@code ID}, which may be nothing; empty if it is another path. */
    Optional<String> match(String asked) {
        int at = path.indexOf(ID);
        if (at < 0) {
            return path.equals(asked) ? Optional.of("") : Optional.empty();
        }
        String before = path.substring(0, at);
        String after = path.substring(at + ID.length());
        if (asked.length() <= before.length() + after.length() || !asked.startsWith(before) || !asked.endsWith(after)) {
            return Optional.empty();
        }
        String id = asked.substring(before.length(), asked.length() - after.length());
        return id.contains("/") ? Optional.empty() : Optional.of(id);
    }
}
