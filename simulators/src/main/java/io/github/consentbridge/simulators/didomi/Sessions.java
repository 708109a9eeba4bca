package io.github.consentbridge.simulators.didomi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.simulators.http.Call;
import io.github.consentbridge.simulators.http.Ids;
import io.github.consentbridge.simulators.http.Json;
import io.github.consentbridge.simulators.http.Jwt;
import io.github.consentbridge.simulators.http.Reply;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Private API keys and the tokens issued for them. */
final class Sessions {
    private static final Duration LIFETIME = Duration.ofHours(1);

    private final Clock clock;
    private final Ids ids;
    private final Map<String, String> secrets = new HashMap<>();
    private final Map<String, Instant> tokens = new HashMap<>();

    Sessions(Clock clock, Ids ids) {
        this.clock = clock;
        this.ids = ids;
    }

    synchronized void register(String key, String secret) {
        secrets.put(key, secret);
    }

    synchronized void revokeTokens() {
        tokens.clear();
    }

    synchronized Reply create(JsonNode body) {
        String key = body.path("key").asText();
        boolean known = body.path("type").asText().equals("api-key")
                && body.path("secret").isTextual()
                && body.path("secret").textValue().equals(secrets.get(key));
        if (!known) {
            // 400 instead of 401, which would look like an expired token.
            throw DidomiError.badRequest("Invalid authentication information");
        }
        Instant now = clock.instant();
        tokens.values().removeIf(expiry -> !expiry.isAfter(now));
        ObjectNode claims = Json.object();
        claims.put("iat", now.getEpochSecond());
        claims.put("exp", now.plus(LIFETIME).getEpochSecond());
        claims.put("sub", key);
        String token = Jwt.of(claims, ids.next().toString());
        tokens.put(token, now.plus(LIFETIME));
        ObjectNode answer = Json.object();
        answer.put("type", "api-key");
        answer.put("key", key);
        answer.put("access_token", token);
        return Reply.json(201, answer);
    }

    /** @throws DidomiError 401 for a missing, expired or unknown bearer token */
    synchronized void check(Call call) {
        String header = call.header("Authorization").orElse("");
        Instant expiry = header.startsWith("Bearer ") ? tokens.get(header.substring(7)) : null;
        if (expiry == null || !expiry.isAfter(clock.instant())) {
            throw new DidomiError(401, "Invalid or expired token");
        }
    }
}
