package io.github.consentbridge.sync.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.sync.history.ChainedEntry;
import io.github.consentbridge.sync.history.HistoryChain;
import io.github.consentbridge.sync.history.HistoryHead;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A person's history as it is stored.
 *
 * @param key the organization user id
 * @param contactId null if no contact is known
 * @param head the end of the chain, as the ledger has it
 */
public record PersonHistory(String key, @Nullable String contactId, HistoryHead head, List<ChainedEntry> stored) {
    public PersonHistory {
        stored = List.copyOf(stored);
    }

    /**
     * The entries, and whether the chain is unbroken.
     *
     * @param historyDays how long entries are kept
     */
    public HistoryChain chain(Instant now, int historyDays) {
        return HistoryChain.check(stored, head, now.minus(Duration.ofDays(historyDays)));
    }

    /** As one process passes it to another. */
    public ObjectNode json() {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("key", key).put("contact_id", contactId);
        ObjectNode end = node.putObject("head").put("n", head.sequence()).put("hash", head.hash());
        end.put("at", head.at() == null ? null : head.at().toString());
        ArrayNode entries = node.putArray("entries");
        stored.forEach(entry -> entries.addObject().put("n", entry.sequence()).put("text", entry.text()));
        return node;
    }

    /** What {@link #json()} wrote. */
    public static PersonHistory of(JsonNode node) {
        JsonNode head = node.required("head");
        @Nullable String at = head.required("at").textValue();
        List<ChainedEntry> stored = new ArrayList<>();
        node.required("entries")
                .forEach(entry -> stored.add(ChainedEntry.stored(
                        entry.required("n").longValue(), entry.required("text").textValue())));
        return new PersonHistory(
                node.required("key").textValue(),
                node.required("contact_id").textValue(),
                new HistoryHead(
                        head.required("n").longValue(),
                        head.required("hash").textValue(),
                        at == null ? null : Instant.parse(at),
                        new TreeMap<>()),
                stored);
    }
}
