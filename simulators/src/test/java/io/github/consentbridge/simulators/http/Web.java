package io.github.consentbridge.simulators.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Calls a simulator over HTTP; headers are given in pairs. */
public final class Web {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private final String base;
    private final String[] headers;

    private Web(String base, String[] headers) {
        this.base = base;
        this.headers = headers;
    }

    public static Web of(String base, String... headers) {
        return new Web(base, headers);
    }

    public HttpResponse<String> get(String path, String... moreHeaders) {
        return send("GET", path, "", moreHeaders);
    }

    public HttpResponse<String> send(String method, String path, String body, String... moreHeaders) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofSeconds(20))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        set(request, headers);
        set(request, moreHeaders);
        try {
            return CLIENT.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public static JsonNode json(HttpResponse<String> response) {
        try {
            return Json.parse(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static void set(HttpRequest.Builder request, String[] pairs) {
        for (int i = 0; i < pairs.length; i += 2) {
            request.setHeader(pairs[i], pairs[i + 1]);
        }
    }
}
