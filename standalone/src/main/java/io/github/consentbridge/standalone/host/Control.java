package io.github.consentbridge.standalone.host;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.connectors.http.Secret;
import io.github.consentbridge.mapping.failure.BridgeException;
import io.github.consentbridge.mapping.json.JsonTree;
import io.github.consentbridge.standalone.http.Exchange;
import io.github.consentbridge.standalone.http.Site;
import io.github.consentbridge.standalone.http.WorkerPool;
import io.github.consentbridge.sync.intake.RequestBody;
import io.github.consentbridge.sync.intake.WebhookReply;
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
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * Answers an operator's commands while the bridge runs, on a loopback port of its own, if they present the key from the
 * data folder. {@code POST /explain|/deadletters|/replay|/resume|/health|/activity} takes JSON and answers as {@code --json} prints;
 * {@link DeadLetterControl} has those about one dead letter, {@link RightsControl} those about people's rights.
 * {@code POST /reconcile} answers one line of JSON per event; the last line is {@code {"report":{…}}} or
 * {@code {"error":"…","exit_code":"…"}}.
 */
final class Control implements Site {
    private static final int MAX_BYTES = 1 << 16;
    private static final String REFUSED = "{\"status\":\"refused\"}";
    private static final JsonMapper MAPPER = new JsonMapper();

    private final Operations operations;
    private final Secret key;
    private final Supplier<WebhookReply> health;
    private final IntFunction<ObjectNode> activity;
    private final OutcomeLog outcomeLog;

    /** Few commands run at the same time, but one may last: a reconciliation, or the replay of very many dead letters. */
    private final WorkerPool commands;

    /**
     * Answers nothing yet.
     *
     * @param health what {@code GET /health} answers, which this process's commands get whatever the public port is
     * @param activity what was counted in the last minutes
     */
    Control(
            Operations operations,
            Secret key,
            Supplier<WebhookReply> health,
            IntFunction<ObjectNode> activity,
            OutcomeLog outcomeLog) {
        this.operations = operations;
        this.key = key;
        this.health = health;
        this.activity = activity;
        this.outcomeLog = outcomeLog;
        this.commands = new WorkerPool("control", 8, 32, Duration.ofMinutes(5), refusal(503), outcomeLog);
    }

    @Override
    public void handle(Exchange exchange) {
        String presented = exchange.head().header(ControlFile.HEADER).orElse("");
        if (key.matches(presented)) {
            exchange.readBody(MAX_BYTES, commands, body -> answer(exchange, body));
        } else {
            exchange.reply(refusal(401));
        }
    }

    private static WebhookReply refusal(int status) {
        return WebhookReply.json(status, REFUSED);
    }

    private void answer(Exchange exchange, RequestBody body) {
        String path = exchange.head().path();
        try {
            JsonNode request = MAPPER.readTree(body.text());
            if (path.equals("/reconcile")) {
                reconcile(exchange, ReconciliationRequest.of(request));
            } else if (path.startsWith(RightsControl.PREFIX)) {
                exchange.reply(found(RightsControl.answer(operations, path, request)));
            } else {
                exchange.reply(answer(path, request));
            }
        } catch (RequestBody.RefusedException e) {
            exchange.reply(refusal(e.answer().status()));
        } catch (IOException | IllegalArgumentException e) {
            exchange.reply(refusal(400));
        } catch (StorageException e) {
            outcomeLog.fault("control", e, LogFields.of("path", path));
            exchange.reply(refusal(503));
        }
    }

    private void reconcile(Exchange exchange, ReconciliationRequest request) throws IOException {
        try (OutputStream out = exchange.stream(WebhookReply.json(200, ""))) {
            Lines lines = new Lines(out);
            try {
                ReconciliationReport report = operations.reconcile(request, ReconciliationJson.writer(lines));
                lines.accept(JsonNodeFactory.instance.objectNode().set("report", ReconciliationJson.report(report)));
            } catch (BridgeException e) {
                if (e instanceof StorageException) {
                    outcomeLog.fault("reconciliation", e, LogFields.none());
                }
                lines.accept(JsonNodeFactory.instance
                        .objectNode()
                        .put("error", e.sentence())
                        .put("exit_code", e.exitCode().name()));
            }
        } catch (UncheckedIOException e) {
            outcomeLog.fault("the command that started the reconciliation has ended", e, LogFields.none());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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

    private static WebhookReply found(Optional<JsonNode> answer) {
        return answer.map(found -> WebhookReply.json(200, JsonTree.write(found)))
                .orElse(refusal(404));
    }

    private WebhookReply answer(String path, JsonNode request) {
        return switch (path) {
            case "/health" -> health.get();
            case "/activity" ->
                WebhookReply.json(
                        200,
                        activity.apply(request.required("minutes").intValue()).toString());
            case "/explain" ->
                operations
                        .explain(request.required("key").asText())
                        .map(explanation -> WebhookReply.json(
                                200, OperationsJson.explanation(explanation).toString()))
                        .orElse(refusal(404));
            case "/history" ->
                operations
                        .history(request.required("key").asText())
                        .map(history -> WebhookReply.json(200, history.json().toString()))
                        .orElse(refusal(404));
            case "/deadletters" -> {
                int limit = request.required("limit").intValue();
                yield WebhookReply.json(
                        200,
                        OperationsJson.deadLetters(operations.deadLetters(DeadLetterFilter.of(request), limit))
                                .toString());
            }
            case "/deadletter", "/discard", "/discarded" -> found(DeadLetterControl.answer(operations, path, request));
            case "/replay" ->
                WebhookReply.json(
                        200,
                        OperationsJson.replayed(operations.replay(DeadLetterFilter.of(request)))
                                .toString());
            case "/resume" ->
                WebhookReply.json(
                        200,
                        OperationsJson.lifted(operations.resume(OperationsJson.systems(request)))
                                .toString());
            default -> refusal(404);
        };
    }

    @Override
    public void close() {
        commands.close();
    }
}
