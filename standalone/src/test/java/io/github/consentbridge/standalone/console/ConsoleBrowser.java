package io.github.consentbridge.standalone.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** What a browser does with a console: opens it once, keeps the cookie, and sends the session's token. */
final class ConsoleBrowser {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final String base;
    private final String cookie;
    private final String csrf;

    private ConsoleBrowser(String base, String cookie, String csrf) {
        this.base = base;
        this.cookie = cookie;
        this.csrf = csrf;
    }

    static ConsoleBrowser open(ConsoleServer console) throws IOException, InterruptedException {
        URI address = console.openingAddress();
        HttpResponse<String> opened = HTTP.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
        String cookie = opened.headers().firstValue("set-cookie").orElseThrow().split(";", 2)[0];
        String base = "http://127.0.0.1:" + console.port();
        String csrf = new ConsoleBrowser(base, cookie, "")
                .get("/api/session")
                .path("csrf")
                .asText();
        return new ConsoleBrowser(base, cookie, csrf);
    }

    String cookie() {
        return cookie;
    }

    String csrf() {
        return csrf;
    }

    HttpResponse<String> send(String method, String path, String body) throws IOException, InterruptedException {
        return HTTP.send(
                request(path).method(method, BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + path)).header("cookie", cookie);
        if (!csrf.isEmpty()) {
            request.header("x-csrf-token", csrf).header("content-type", "application/json");
        }
        return request;
    }

    JsonNode get(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = HTTP.send(request(path).GET().build(), BodyHandlers.ofString());
        return expected(200, "GET", path, answer);
    }

    int getStatus(String path) throws IOException, InterruptedException {
        return HTTP.send(request(path).GET().build(), BodyHandlers.ofString()).statusCode();
    }

    JsonNode post(String path, String body) throws IOException, InterruptedException {
        return post(200, path, body);
    }

    JsonNode post(int status, String path, String body) throws IOException, InterruptedException {
        return expected(status, "POST", path, send("POST", path, body));
    }

    /** The body of an answer with this status, which has to be as it is described. */
    private static JsonNode expected(int status, String method, String path, HttpResponse<String> answer)
            throws IOException {
        if (answer.statusCode() != status) {
            throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
        JsonNode body = MAPPER.readTree(answer.body());
        ConsoleApi.check(method, path, status, body);
        return body;
    }

    /** Listens to the events; the lines that come are added to the list, by a thread of its own. */
    List<String> listen() {
        List<String> lines = new CopyOnWriteArrayList<>();
        Thread listener = new Thread(() -> listen(lines), "listener");
        listener.setDaemon(true);
        listener.start();
        return lines;
    }

    private void listen(List<String> lines) {
        try {
            HttpResponse<Stream<String>> answer =
                    HTTP.send(request("/api/events").GET().build(), BodyHandlers.ofLines());
            lines.add("status " + answer.statusCode());
            answer.body().forEach(lines::add);
        } catch (IOException e) {
            lines.add("failed " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        lines.add("end");
    }
}
