package io.github.consentbridge.sync.rights;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.mapping.document.OrganizationUserId;
import io.github.consentbridge.sync.ledger.LedgerKey;
import io.github.consentbridge.sync.logging.PersonHash;
import io.github.consentbridge.sync.operations.Host;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The names under which a person appears where the organization user id does not.
 *
 * @param key as the ledger spells it
 * @param logs the hashes in log lines: of the key, and of the id as it was typed if that differs, because a delivery is
 *     logged as it spells the id. Empty without {@code log_key}, because then each process has hashes of its own
 * @param ledger the keyed hash in the ledger, the history, the access record and the records of discarded dead letters
 */
public record PersonHashes(String key, List<String> logs, String ledger) {
    public PersonHashes {
        logs = List.copyOf(logs);
    }

    /**
     * A person's names on this host.
     *
     * @param typed the organization user id, as either system spells it
     */
    public static PersonHashes of(Host host, String typed) {
        OrganizationUserId key = LedgerKey.of(host.integration(), typed);
        List<String> logs = host.credentials()
                .current()
                .logKey()
                .map(secret -> new PersonHash(secret.value().getBytes(UTF_8)))
                .map(hash -> Stream.of(key, new OrganizationUserId(typed))
                        .map(hash::inLogs)
                        .distinct()
                        .toList())
                .orElse(List.of());
        return new PersonHashes(key.value(), logs, host.accessLog().hashOf(key));
    }

    /** {@code {"key","logs":["…"],"ledger"}}. */
    public ObjectNode json() {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("key", key);
        ArrayNode list = node.putArray("logs");
        logs.forEach(list::add);
        return node.put("ledger", ledger);
    }

    /** What {@link #json()} wrote. */
    public static PersonHashes of(JsonNode node) {
        List<String> logs = new ArrayList<>();
        node.required("logs").forEach(hash -> logs.add(hash.asText()));
        return new PersonHashes(
                node.required("key").asText(), logs, node.required("ledger").asText());
    }
}
