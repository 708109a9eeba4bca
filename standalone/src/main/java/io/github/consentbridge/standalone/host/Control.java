package io.github.consentbridge.standalone.host;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.github.consentbridge.connectors.http.Secret;
import io.github.consentbridge.mapping.failure.BridgeException;
import io.github.consentbridge.standalone.http.WebServer;
import io.github.consentbridge.sync.logging.LogFields;
import io.github.consentbridge.sync.logging.OutcomeLog;
import io.github.consentbridge.sync.operations.DeadLetterFilter;
import io.github.consentbridge.sync.operations.Operations;
import io.github.consentbridge.sync.operations.OperationsJson;
import io.github.consentbridge.sync.reconciliation.ReconciliationJson;
import io.github.consentbridge.sync.reconciliation.ReconciliationReport;
import io.github.consentbridge.sync.reconciliation.ReconciliationRequest;
import io.github.consentbridge.sync.storage.StorageException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Answers an operator's commands while the bridge runs, on a loopback port of its own, if they present the key from the
 * data folder. {@code POST /explain|/deadletters|/replay} takes JSON and answers as {@code --json} prints; {@link
 * DeadLetterControl} has those about one dead letter.
 * {@code POST /reconcile} answers one line of JSON per event; the last line is {@code {"report":{…}}} or
 * {@code {"error":"…","exit_code":"…"}}.
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
            ReconciliationReport report = operations.reconcile(request, ReconciliationJson.writer(lines));
            lines.accept(JsonNodeFactory.instance.objectNode().set("report", ReconciliationJson.report(report)));
        } catch (UncheckedIOException e) {
            outcomeLog.fault("the command that started the reconciliation has ended", e, LogFields.none());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (BridgeException e) {
            if (e instanceof StorageException) {
                outcomeLog.fault("reconciliation", e, LogFields.none());
            }
            lines.accept(JsonNodeFactory.instance
                    .objectNode()
                    .put("error", e.sentence())
                    .put("exit_code", e.exitCode().name()));
        }
    }

    /** Writes the lines; if the command has ended, the failure to write ends the run. */
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
                        .map(explanation -> new Answer(
                                200, OperationsJson.explanation(explanation).toString()))
                        .orElse(new Answer(404, REFUSED));
            case "/deadletters" -> {
                int limit = request.required("limit").intValue();
                yield new Answer(
                        200,
                        OperationsJson.deadLetters(operations.deadLetters(DeadLetterFilter.of(request), limit))
                                .toString());
            }
            case "/deadletter", "/discard", "/discarded" ->
                DeadLetterControl.answer(operations, path, request)
                        .map(found -> new Answer(200, found.toString()))
                        .orElse(new Answer(404, REFUSED));
            case "/replay" ->
                new Answer(
                        200,
                        OperationsJson.replayed(operations.replay(DeadLetterFilter.of(request)))
                                .toString());
            default -> new Answer(404, REFUSED);
        };
    }
}
