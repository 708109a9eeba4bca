package io.github.consentbridge.standalone.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.connectors.http.RemoteSystem;
import io.github.consentbridge.mapping.failure.BridgeException;
import io.github.consentbridge.mapping.failure.ExitCode;
import io.github.consentbridge.sync.operations.DeadLetterDetail;
import io.github.consentbridge.sync.operations.DeadLetterFilter;
import io.github.consentbridge.sync.operations.DeadLetterSummary;
import io.github.consentbridge.sync.operations.Explanation;
import io.github.consentbridge.sync.operations.Operations;
import io.github.consentbridge.sync.operations.OperationsJson;
import io.github.consentbridge.sync.operations.PersonHistory;
import io.github.consentbridge.sync.queue.DiscardedDelivery;
import io.github.consentbridge.sync.reconciliation.ReconciliationJson;
import io.github.consentbridge.sync.reconciliation.ReconciliationListener;
import io.github.consentbridge.sync.reconciliation.ReconciliationReport;
import io.github.consentbridge.sync.reconciliation.ReconciliationRequest;
import io.github.consentbridge.sync.rights.Access;
import io.github.consentbridge.sync.rights.AccessKind;
import io.github.consentbridge.sync.rights.ErasureReport;
import io.github.consentbridge.sync.rights.PersonExport;
import io.github.consentbridge.sync.rights.PersonHashes;
import io.github.consentbridge.sync.rights.PersonQuery;
import io.github.consentbridge.sync.rights.Requester;
import io.github.consentbridge.sync.storage.StorageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The operations of the process that owns the data folder. */
public final class RunningBridge implements Operations {
    private static final Duration CONNECT = Duration.ofSeconds(3);

    /** Long enough to replay very many dead letters. */
    private static final Duration ANSWER = Duration.ofMinutes(5);

    private static final JsonMapper MAPPER = new JsonMapper();

    private final ControlFile control;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(CONNECT).build();

    public RunningBridge(ControlFile control) {
        this.control = control;
    }

    /** What {@code GET /health} answers, also when it is down. */
    public JsonNode health() {
        HttpResponse<String> response = post("/health", JsonNodeFactory.instance.objectNode());
        return response.statusCode() == 503 ? read(response.body()) : parse(response);
    }

    /**
     * What was counted in the last minutes, as the console shows it.
     *
     * @param minutes at most 1440
     */
    public JsonNode activity(int minutes) {
        return parse(post("/activity", JsonNodeFactory.instance.objectNode().put("minutes", minutes)));
    }

    @Override
    public Optional<Explanation> explain(String key) {
        HttpResponse<String> response =
                post("/explain", JsonNodeFactory.instance.objectNode().put("key", key));
        return response.statusCode() == 404
                ? Optional.empty()
                : Optional.of(OperationsJson.explanation(parse(response)));
    }

    @Override
    public Optional<PersonHistory> history(String key) {
        return found(post("/history", JsonNodeFactory.instance.objectNode().put("key", key)))
                .map(PersonHistory::of);
    }

    @Override
    public List<DeadLetterSummary> deadLetters(DeadLetterFilter filter, int limit) {
        return OperationsJson.deadLetters(
                parse(post("/deadletters", filter.json().put("limit", limit))));
    }

    @Override
    public Optional<DeadLetterDetail> deadLetter(String id, boolean plain) {
        return found(post("/deadletter", DeadLetterControl.show(id, plain))).map(DeadLetterDetail::of);
    }

    @Override
    public Optional<DiscardedDelivery> discard(String id, DiscardedDelivery.Decision decision) {
        return found(post("/discard", DeadLetterControl.discard(id, decision))).map(DiscardedDelivery::of);
    }

    @Override
    public List<DiscardedDelivery> discarded(String id) {
        return DeadLetterControl.discarded(parse(post("/discarded", DeadLetterControl.discarded(id))));
    }

    private static Optional<JsonNode> found(HttpResponse<String> response) {
        return response.statusCode() == 404 ? Optional.empty() : Optional.of(parse(response));
    }

    @Override
    public int replay(DeadLetterFilter filter) {
        return OperationsJson.replayed(parse(post("/replay", filter.json())));
    }

    @Override
    public Map<RemoteSystem, Instant> resume(Set<RemoteSystem> systems) {
        return OperationsJson.lifted(parse(post("/resume", OperationsJson.systems(systems))));
    }

    @Override
    public List<String> find(PersonQuery query, Requester requester) {
        return RightsControl.keys(ask("find", RightsControl.find(query, requester)));
    }

    @Override
    public void recordAccess(AccessKind kind, String key, Requester requester) {
        ask("access", RightsControl.access(kind, key, requester));
    }

    @Override
    public PersonHashes hashes(String key, Requester requester) {
        return PersonHashes.of(ask("hashes", RightsControl.person(key, requester, null)));
    }

    @Override
    public List<Access> accesses(int limit) {
        return Access.list(ask("accesses", RightsControl.accesses(limit)));
    }

    @Override
    public Optional<PersonExport> export(String key, Requester requester, @Nullable String reason) {
        return found(post(RightsControl.PREFIX + "export", RightsControl.person(key, requester, reason)))
                .map(answer -> new PersonExport((ObjectNode) RightsControl.checked(answer)));
    }

    @Override
    public Optional<ErasureReport> erase(String key, Requester requester, String reason) {
        return found(post(RightsControl.PREFIX + "erase", RightsControl.person(key, requester, reason)))
                .map(answer -> ErasureReport.of(RightsControl.checked(answer)));
    }

    private JsonNode ask(String right, ObjectNode request) {
        return RightsControl.checked(parse(post(RightsControl.PREFIX + right, request)));
    }

    @Override
    public ReconciliationReport reconcile(ReconciliationRequest request, ReconciliationListener listener)
            throws InterruptedException {
        HttpRequest call = request("/reconcile", request.json()).build();
        try (Stream<String> answer = http.send(call, BodyHandlers.ofLines()).body()) {
            for (Iterator<String> all = answer.iterator(); all.hasNext(); ) {
                JsonNode line = MAPPER.readTree(all.next());
                if (line.has("report")) {
                    return ReconciliationJson.report(line.get("report"), request);
                }
                if (line.has("error")) {
                    throw new BridgeException(
                            ExitCode.valueOf(line.required("exit_code").asText()),
                            line.get("error").asText());
                }
                ReconciliationJson.read(line, listener);
            }
        } catch (IOException | UncheckedIOException e) {
            throw new StorageException(
                    "the running bridge stopped answering: look at its log; the next run continues from there", e);
        }
        throw new StorageException(
                "the running bridge ended before the reconciliation did: the next run continues from there");
    }

    private HttpRequest.Builder request(String path, JsonNode body) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + control.port() + path))
                .header(ControlFile.HEADER, control.key().value())
                .POST(BodyPublishers.ofString(body.toString()));
    }

    private HttpResponse<String> post(String path, ObjectNode body) {
        HttpRequest request = request(path, body).timeout(ANSWER).build();
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new StorageException(
                    "the running bridge does not answer: look at its log, or stop it and repeat the command", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageException("interrupted before the running bridge answered", e);
        }
    }

    private static JsonNode parse(HttpResponse<String> response) {
        if (response.statusCode() != 200) {
            throw new StorageException("the running bridge cannot answer now: look at its log");
        }
        return read(response.body());
    }

    private static JsonNode read(String body) {
        try {
            return MAPPER.readTree(body);
        } catch (IOException e) {
            throw new StorageException("the running bridge's answer cannot be read: look at its log", e);
        }
    }
}
