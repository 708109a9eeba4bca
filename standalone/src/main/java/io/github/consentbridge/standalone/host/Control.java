package io.github.consentbridge.standalone.host;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.github.consentbridge.connectors.http.RemoteException;
import io.github.consentbridge.connectors.http.Secret;
import io.github.consentbridge.standalone.http.WebServer;
import io.github.consentbridge.sync.credentials.CredentialsException;
import io.github.consentbridge.sync.logging.LogFields;
import io.github.consentbridge.sync.logging.OutcomeLog;
import io.github.consentbridge.sync.operations.DeadLetterFilter;
import io.github.consentbridge.sync.operations.Operations;
import io.github.consentbridge.sync.reconciliation.ReconciliationRequest;
import io.github.consentbridge.sync.reconciliation.ReconciliationUnderWayException;
import io.github.consentbridge.sync.storage.StorageException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Answers the operator's commands while the bridge runs, on a loopback port of its own and to whoever has the key of
 * the data folder. {@code POST /explain|/deadletters|/replay} with JSON; the answers are those of {@code --json}.
 * {@code POST /reconcile} answers with a line of JSON for each thing that happens, the last of which is
 * {@code {"report":{…}}} or {@code {"error":"…"}}.
 */
final class Control implements HttpHandler {
    private static final int MAX_BYTES = 1 << 16;
    private static final String REFUSED = "{\"status\":\"refused\"}";
    private static final JsonMapper MAPPER = new JsonMapper();

    private final Operations operations;
    private final Secret key;
    private final OutcomeLog outcomeLog;

    Control(Operations operations, Secret key, OutcomeLog outcomeLog) {
        this.operations = operations;
        this.key = key;
        this.outcomeLog = outcomeLog;
    }

    private record Answer(int status, String body) {}

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        String presented = Optional.ofNullable(exchange.getRequestHeaders().getFirst(ControlFile.HEADER))
                .orElse("");
        byte[] body = exchange.getRequestBody().readNBytes(MAX_BYTES);
        if (key.matches(presented) && exchange.getRequestURI().getPath().equals("/reconcile")) {
            reconcile(exchange, body);
            return;
        }
        Answer answer =
                key.matches(presented) ? answer(exchange.getRequestURI().getPath(), body) : new Answer(401, REFUSED);
        WebServer.answer(exchange, answer.status(), answer.body());
    }

    private void reconcile(HttpExchange exchange, byte[] body) throws IOException {
        ReconciliationRequest request;
        try {
            request = ReconciliationRequest.of(MAPPER.readTree(body));
        } catch (IOException | IllegalArgumentException e) {
            WebServer.answer(exchange, 400, REFUSED);
            return;
        }
        exchange.sendResponseHeaders(200, 0);
        Lines lines = new Lines(exchange.getResponseBody());
        try {
            lines.accept(line("report", operations.reconcile(request, lines)));
        } catch (UncheckedIOException e) {
            outcomeLog.fault("the client of the reconciliation has disconnected", e, LogFields.none());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RemoteException | ReconciliationUnderWayException | CredentialsException e) {
            lines.accept(line("error", TextNode.valueOf(e.getMessage())));
        } catch (StorageException e) {
            outcomeLog.fault("reconciliation", e, LogFields.none());
            lines.accept(line("error", TextNode.valueOf(e.getMessage())));
        }
    }

    private static ObjectNode line(String name, JsonNode content) {
        return JsonNodeFactory.instance.objectNode().set(name, content);
    }

    /** Whoever has gone away ends the run by the failure to write. */
    private record Lines(OutputStream out) implements Consumer<ObjectNode> {
        @Override
        public void accept(ObjectNode line) {
            try {
                out.write((line + "\n").getBytes(UTF_8));
                out.flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private Answer answer(String path, byte[] body) {
        try {
            return answer(path, MAPPER.readTree(body));
        } catch (IOException | IllegalArgumentException e) {
            return new Answer(400, REFUSED);
        } catch (StorageException e) {
            outcomeLog.fault("control", e, LogFields.of("path", path));
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
