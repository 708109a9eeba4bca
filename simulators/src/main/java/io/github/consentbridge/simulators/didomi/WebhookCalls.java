package io.github.consentbridge.simulators.didomi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.simulators.deliveries.WebhookClient;
import io.github.consentbridge.simulators.http.Json;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Posts deliveries to webhooks and gets tokens from their token endpoints. It is not documented whether the real system
 * requests a new token after a 401; this one does, once per call.
 */
final class WebhookCalls {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final WebhookClient client = new WebhookClient(PATIENCE);
    private final Map<Webhook, Token> tokens = new ConcurrentHashMap<>();
    private final Clock clock;
    private volatile TokenRequestStyle style = TokenRequestStyle.JSON;

    /** A token endpoint's answer; the value is valid only with status 200. */
    private record Token(int status, String value, Instant expiry) {}

    WebhookCalls(Clock clock) {
        this.clock = clock;
    }

    void style(TokenRequestStyle changed) {
        style = changed;
        tokens.clear();
    }

    /**
     * The status of the delivery, that of the token endpoint if the token request fails, or {@link
     * WebhookClient#NO_ANSWER}.
     */
    int post(Webhook webhook, String body) {
        if (webhook.login().isEmpty()) {
            return client.status(request(webhook, body));
        }
        Token token = token(webhook, webhook.login().get());
        int status = post(webhook, token, body);
        if (status == 401 && tokens.remove(webhook, token)) {
            return post(webhook, token(webhook, webhook.login().get()), body);
        }
        return status;
    }

    private int post(Webhook webhook, Token token, String body) {
        return token.status() == 200
                ? client.status(request(webhook, body).setHeader("Authorization", "Bearer " + token.value()))
                : token.status();
    }

    private Token token(Webhook webhook, Webhook.Login login) {
        Token held = tokens.get(webhook);
        if (held != null && held.expiry().isAfter(clock.instant())) {
            return held;
        }
        Token issued = logIn(login);
        if (issued.status() == 200) {
            tokens.put(webhook, issued);
        }
        return issued;
    }

    private Token logIn(Webhook.Login login) {
        try {
            HttpResponse<String> answer = client.answer(tokenRequest(login));
            if (answer.statusCode() != 200) {
                return new Token(answer.statusCode(), "", Instant.MIN);
            }
            JsonNode body = Json.parse(answer.body());
            long lifetime = body.path("expires_in").asLong(3600);
            return new Token(
                    200, body.path("access_token").asText(), clock.instant().plusSeconds(lifetime));
        } catch (IOException e) {
            return new Token(WebhookClient.NO_ANSWER, "", Instant.MIN);
        }
    }

    private static HttpRequest.Builder request(Webhook webhook, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(webhook.url())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
        webhook.headers().forEach(request::setHeader);
        return request;
    }

    private HttpRequest.Builder tokenRequest(Webhook.Login login) {
        HttpRequest.Builder request = HttpRequest.newBuilder(login.url());
        if (style == TokenRequestStyle.JSON) {
            ObjectNode body = Json.object();
            body.put("grant_type", "client_credentials");
            body.put("client_id", login.clientId());
            body.put("client_secret", login.clientSecret());
            return request.header("Content-Type", "application/json").POST(BodyPublishers.ofString(body.toString()));
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
                .POST(BodyPublishers.ofString(form));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
