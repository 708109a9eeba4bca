package io.github.consentbridge.simulators.didomi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.simulators.http.Json;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Posts deliveries to webhooks and logs in at their token endpoints. */
final class WebhookCalls {
    /** What {@link #post} answers when no answer came. */
    static final int NO_ANSWER = 0;

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final Map<Webhook, Token> tokens = new ConcurrentHashMap<>();
    private final Clock clock;
    private volatile TokenRequestStyle style = TokenRequestStyle.JSON;

    private record Token(String value, Instant expiry) {}

    WebhookCalls(Clock clock) {
        this.clock = clock;
    }

    void style(TokenRequestStyle changed) {
        style = changed;
        tokens.clear();
    }

    /** The status, that of the token endpoint when the login fails, or {@link #NO_ANSWER}. */
    int post(Webhook webhook, String body) {
        try {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(webhook.url()).timeout(TIMEOUT).header("Content-Type", "application/json");
            webhook.headers().forEach(request::setHeader);
            if (webhook.login().isPresent()) {
                Optional<String> token = token(webhook, webhook.login().get());
                if (token.isEmpty()) {
                    return 401;
                }
                request.header("Authorization", "Bearer " + token.get());
            }
            int status = client.send(request.POST(BodyPublishers.ofString(body)).build(), BodyHandlers.discarding())
                    .statusCode();
            if (status == 401) {
                tokens.remove(webhook);
            }
            return status;
        } catch (IOException e) {
            return NO_ANSWER;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return NO_ANSWER;
        }
    }

    private Optional<String> token(Webhook webhook, Webhook.Login login) throws IOException, InterruptedException {
        Token held = tokens.get(webhook);
        if (held != null && held.expiry().isAfter(clock.instant())) {
            return Optional.of(held.value());
        }
        HttpResponse<String> answer = client.send(tokenRequest(login), BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            return Optional.empty();
        }
        JsonNode body = Json.parse(answer.body());
        Instant expiry = clock.instant().plusSeconds(body.path("expires_in").asLong(3600));
        tokens.put(webhook, new Token(body.path("access_token").asText(), expiry));
        return Optional.of(body.path("access_token").asText());
    }

    private HttpRequest tokenRequest(Webhook.Login login) {
        HttpRequest.Builder request = HttpRequest.newBuilder(login.url()).timeout(TIMEOUT);
        if (style == TokenRequestStyle.JSON) {
            ObjectNode body = Json.object();
            body.put("grant_type", "client_credentials");
            body.put("client_id", login.clientId());
            body.put("client_secret", login.clientSecret());
            return request.header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(body.toString()))
                    .build();
        }
        String form = "grant_type=client_credentials";
        if (style == TokenRequestStyle.FORM) {
            form += "&client_id=" + encode(login.clientId()) + "&client_secret=" + encode(login.clientSecret());
        } else {
            String pair = encode(login.clientId()) + ":" + encode(login.clientSecret());
            request.header(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
        }
        return request.header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
