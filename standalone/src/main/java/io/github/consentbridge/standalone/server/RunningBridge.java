package io.github.consentbridge.standalone.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.operations.DeadLetterFilter;
import io.github.consentbridge.operations.Operations;
import io.github.consentbridge.storage.StorageException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/** Asks the process that owns the data folder. */
public final class RunningBridge implements Operations {
    private static final Duration CONNECT = Duration.ofSeconds(3);

    /** A replay of very many dead letters takes its time. */
    private static final Duration ANSWER = Duration.ofMinutes(5);

    private static final JsonMapper MAPPER = new JsonMapper();

    private final ControlFile control;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(CONNECT).build();

    public RunningBridge(ControlFile control) {
        this.control = control;
    }

    @Override
    public Optional<ObjectNode> explain(String key) {
        HttpResponse<String> response =
                post("/explain", JsonNodeFactory.instance.objectNode().put("key", key));
        return response.statusCode() == 404 ? Optional.empty() : Optional.of((ObjectNode) parse(response));
    }

    @Override
    public ArrayNode deadLetters(DeadLetterFilter filter, int limit) {
        return (ArrayNode) parse(post("/deadletters", filter.json().put("limit", limit)));
    }

    @Override
    public int replay(DeadLetterFilter filter) {
        return parse(post("/replay", filter.json())).required("replayed").intValue();
    }

    private HttpResponse<String> post(String path, ObjectNode body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + control.port() + path))
                .header(ControlFile.HEADER, control.key().value())
                .timeout(ANSWER)
                .POST(BodyPublishers.ofString(body.toString()))
                .build();
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new StorageException("the running bridge does not answer: look at its log, or stop it", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageException("interrupted before the running bridge answered", e);
        }
    }

    private static JsonNode parse(HttpResponse<String> response) {
        try {
            if (response.statusCode() != 200) {
                throw new IOException("status " + response.statusCode());
            }
            return MAPPER.readTree(response.body());
        } catch (IOException e) {
            throw new StorageException("the running bridge cannot answer now: look at its log", e);
        }
    }
}
