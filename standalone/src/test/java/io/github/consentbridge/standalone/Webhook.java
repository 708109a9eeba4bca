package io.github.consentbridge.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Calls a bridge as Didomi and as an operator would. */
public final class Webhook {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final JsonMapper MAPPER = new JsonMapper();

    private Webhook() {}

    public static HttpResponse<String> post(URI url, String key, String body) throws IOException {
        return send(request(url).header("x-consent-bridge-key", key), BodyPublishers.ofString(body));
    }

    static HttpRequest.Builder request(URI url) {
        return HttpRequest.newBuilder(url).timeout(Duration.ofSeconds(60));
    }

    static HttpResponse<String> send(HttpRequest.Builder request, BodyPublisher body) throws IOException {
        try {
            return HTTP.send(request.POST(body).build(), BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** What {@code GET /health} says. */
    public static JsonNode health(URI url) throws IOException {
        return MAPPER.readTree(get(url));
    }

    /** The body of what is answered, whatever the status. */
    static String get(URI url) throws IOException {
        try {
            return HTTP.send(request(url).build(), BodyHandlers.ofString()).body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Whether nothing waits and nothing is in hand, by its health. */
    public static boolean isIdle(URI url) throws IOException {
        JsonNode queue = health(url).path("queue");
        return queue.path("depth").asInt(1) == 0 && queue.path("in_flight").asInt(1) == 0;
    }

    /** Whether Dataverse is left alone for a while and nothing is in hand, by its health. */
    public static boolean isPaused(URI url) throws IOException {
        JsonNode health = health(url);
        return health.at("/queue/in_flight").asInt(1) == 0
                && !health.at("/paused_until/dataverse").isNull();
    }
}
