package io.github.consentbridge.standalone.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.github.consentbridge.operations.DeadLetterFilter;
import io.github.consentbridge.operations.Operations;
import io.github.consentbridge.remote.Secret;
import io.github.consentbridge.storage.StorageException;
import io.github.consentbridge.sync.Facts;
import io.github.consentbridge.sync.Journal;
import java.io.IOException;
import java.util.Optional;

/**
 * Answers the operator's commands while the bridge runs, on a loopback port of its own and to whoever has the key of
 * the data folder. {@code POST /explain|/deadletters|/replay} with JSON; the answers are those of {@code --json}.
 */
final class Control implements HttpHandler {
    private static final int MOST_BYTES = 1 << 16;
    private static final String REFUSED = "{\"status\":\"refused\"}";
    private static final JsonMapper MAPPER = new JsonMapper();

    private final Operations operations;
    private final Secret key;
    private final Journal journal;

    Control(Operations operations, Secret key, Journal journal) {
        this.operations = operations;
        this.key = key;
        this.journal = journal;
    }

    private record Answer(int status, String body) {}

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        String presented = Optional.ofNullable(exchange.getRequestHeaders().getFirst(ControlFile.HEADER))
                .orElse("");
        byte[] body = exchange.getRequestBody().readNBytes(MOST_BYTES);
        Answer answer =
                key.matches(presented) ? answer(exchange.getRequestURI().getPath(), body) : new Answer(401, REFUSED);
        WebServer.answer(exchange, answer.status(), answer.body());
    }

    private Answer answer(String path, byte[] body) {
        try {
            return answer(path, MAPPER.readTree(body));
        } catch (IOException | IllegalArgumentException e) {
            return new Answer(400, REFUSED);
        } catch (StorageException e) {
            journal.fault("control", e, Facts.of("path", path));
            return new Answer(503, REFUSED);
        }
    }

    private Answer answer(String path, JsonNode request) {
        return switch (path) {
            case "/explain" ->
                operations
                        .explain(request.required("key").asText())
                        .map(explanation -> new Answer(200, explanation.toString()))
                        .orElse(new Answer(404, REFUSED));
            case "/deadletters" ->
                new Answer(
                        200,
                        operations
                                .deadLetters(
                                        DeadLetterFilter.of(request),
                                        request.required("limit").intValue())
                                .toString());
            case "/replay" ->
                new Answer(
                        200,
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("replayed", operations.replay(DeadLetterFilter.of(request)))
                                .toString());
            default -> new Answer(404, REFUSED);
        };
    }
}
