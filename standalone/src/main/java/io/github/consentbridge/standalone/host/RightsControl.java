package io.github.consentbridge.standalone.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.mapping.failure.BridgeException;
import io.github.consentbridge.mapping.failure.ExitCode;
import io.github.consentbridge.sync.operations.Operations;
import io.github.consentbridge.sync.rights.Access;
import io.github.consentbridge.sync.rights.AccessKind;
import io.github.consentbridge.sync.rights.ErasureReport;
import io.github.consentbridge.sync.rights.PersonExport;
import io.github.consentbridge.sync.rights.PersonQuery;
import io.github.consentbridge.sync.rights.Requester;
import io.github.consentbridge.sync.storage.StorageException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one process asks another about people's rights: both ends, so that they agree. */
final class RightsControl {
    static final String PREFIX = "/rights/";

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private RightsControl() {}

    static ObjectNode find(PersonQuery query, Requester requester) {
        ObjectNode node = NODES.objectNode();
        node.set("query", query.json());
        return node.set("requester", requester.json());
    }

    static List<String> keys(JsonNode answer) {
        List<String> keys = new ArrayList<>();
        answer.required("keys").forEach(key -> keys.add(key.asText()));
        return keys;
    }

    static ObjectNode access(AccessKind kind, String key, Requester requester) {
        return person(key, requester, null).put("kind", kind.word());
    }

    static ObjectNode accesses(int limit) {
        return NODES.objectNode().put("limit", limit);
    }

    static ObjectNode person(String key, Requester requester, @Nullable String reason) {
        ObjectNode node = NODES.objectNode().put("key", key).put("reason", reason);
        return node.set("requester", requester.json());
    }

    /**
     * An answer of {@link #answer}.
     *
     * @throws BridgeException if it says that the operation failed
     */
    static JsonNode checked(JsonNode answer) {
        if (answer.has("exit_code")) {
            throw new BridgeException(
                    ExitCode.valueOf(answer.get("exit_code").asText()),
                    answer.required("error").asText());
        }
        return answer;
    }

    /**
     * Answers what the methods above ask; {@code {"error","exit_code"}} if it fails for a reason that the operator is to be
     * told. Empty if nothing is known of the person.
     *
     * @throws IllegalArgumentException if it is something else
     */
    static Optional<JsonNode> answer(Operations operations, String path, JsonNode request) {
        try {
            return answer(operations, path.substring(PREFIX.length()), request, request.path("requester"));
        } catch (StorageException e) {
            throw e;
        } catch (BridgeException e) {
            return Optional.of(NODES.objectNode()
                    .put("error", e.sentence())
                    .put("exit_code", e.exitCode().name()));
        }
    }

    private static Optional<JsonNode> answer(
            Operations operations, String operation, JsonNode request, JsonNode requester) {
        return switch (operation) {
            case "find" ->
                Optional.of(keys(operations.find(PersonQuery.of(request.required("query")), Requester.of(requester))));
            case "access" -> {
                AccessKind kind = AccessKind.ofWord(request.required("kind").asText());
                operations.recordAccess(kind, key(request), Requester.of(requester));
                yield Optional.of(NODES.objectNode().put("recorded", true));
            }
            case "accesses" ->
                Optional.of(Access.json(
                        operations.accesses(request.required("limit").intValue())));
            case "hashes" ->
                Optional.of(
                        operations.hashes(key(request), Requester.of(requester)).json());
            case "export" ->
                operations
                        .export(
                                key(request),
                                Requester.of(requester),
                                request.path("reason").textValue())
                        .map(PersonExport::json);
            case "erase" ->
                operations
                        .erase(
                                key(request),
                                Requester.of(requester),
                                request.required("reason").asText())
                        .map(ErasureReport::json);
            default -> throw new IllegalArgumentException("not about people's rights");
        };
    }

    private static String key(JsonNode request) {
        return request.required("key").asText();
    }

    private static ObjectNode keys(List<String> keys) {
        ObjectNode node = NODES.objectNode();
        ArrayNode list = node.putArray("keys");
        keys.forEach(list::add);
        return node;
    }
}
