package io.github.consentbridge.sync.reconciliation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.sync.logging.LogFields;
import io.github.consentbridge.sync.logging.OutcomeLog;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a run continues: everything before it is settled.
 *
 * @param pass which of the run's passes it is in
 * @param position the cursor or link of the next page; null for the first page of the pass
 * @param totals what was found before it
 * @param begun when the run began, however often it was continued since
 */
record Checkpoint(
        ReconciliationRequest request, int pass, @Nullable String position, Totals totals, Instant begun) {
    private static final JsonMapper MAPPER = new JsonMapper();

    static Checkpoint start(ReconciliationRequest request, Instant now) {
        return new Checkpoint(request, 0, null, Totals.NONE, now);
    }

    /**
     * Where the last run with the same request ended, or the start if there is none. A checkpoint in another form is ignored
     * and logged: to read all pages again is safe, to guess what was requested is not.
     */
    static Checkpoint load(RunStore store, ReconciliationRequest request, Instant now, OutcomeLog outcomeLog) {
        return saved(store, request, outcomeLog).orElse(start(request, now));
    }

    /** Where the last run with the same request ended; empty if it came to its end, or there is none. */
    static Optional<Checkpoint> saved(RunStore store, ReconciliationRequest request, OutcomeLog outcomeLog) {
        String name = name(request);
        return store.load(name)
                .flatMap(json -> readable(name, json, outcomeLog))
                .filter(saved -> request.continues(saved.request()));
    }

    private static Optional<Checkpoint> readable(String name, String json, OutcomeLog outcomeLog) {
        try {
            return Optional.of(read(json));
        } catch (JsonProcessingException | IllegalArgumentException | DateTimeException e) {
            outcomeLog.log(
                    "checkpoint ignored",
                    null,
                    LogFields.of("checkpoint", name)
                            .and("why", "it is not in the form of this version; the run starts from the beginning"));
            return Optional.empty();
        }
    }

    static Checkpoint read(String json) throws JsonProcessingException {
        JsonNode node = MAPPER.readTree(json);
        return new Checkpoint(
                ReconciliationRequest.of(node.required("request")),
                node.required("pass").intValue(),
                node.required("position").textValue(),
                MAPPER.treeToValue(node.required("totals"), Totals.class),
                Instant.parse(node.required("begun").asText()));
    }

    String json() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.set("request", request.json());
        node.put("pass", pass).put("position", position).put("begun", begun.toString());
        return node.set("totals", MAPPER.valueToTree(totals)).toString();
    }

    Checkpoint plus(Totals more) {
        return new Checkpoint(request, pass, position, totals.plus(more), begun);
    }

    Checkpoint nextPage(String next) {
        return new Checkpoint(request, pass, next, totals, begun);
    }

    Checkpoint nextPass() {
        return new Checkpoint(request, pass + 1, null, totals, begun);
    }

    void save(RunStore store) {
        store.save(name(request), json());
    }

    void delete(RunStore store) {
        store.save(name(request), null);
    }

    private static String name(ReconciliationRequest request) {
        return "run:" + request.scan().word() + (request.dryRun() ? ":dry" : "");
    }
}
