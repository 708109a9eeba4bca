package io.github.consentbridge.sync.rights;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the access record: who did what with whose data. It has nothing of the person but the keyed hash.
 *
 * @param at to the millisecond
 * @param person the keyed hash under which the ledger keeps the person; empty if a search did not find exactly one
 * @param reason in the requester's words; null if none was asked for
 */
public record Access(
        Instant at,
        AccessKind kind,
        String person,
        Requester requester,
        @Nullable String reason) {

    /** {@code {"at","kind","person","by","means","reason"}}. */
    public ObjectNode json() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("at", at.toString())
                .put("kind", kind.word())
                .put("person", person)
                .put("by", requester.name())
                .put("means", requester.means().word())
                .put("reason", reason);
    }

    /** What {@link #json()} wrote. */
    public static Access of(JsonNode node) {
        return new Access(
                Instant.parse(node.required("at").asText()),
                AccessKind.ofWord(node.required("kind").asText()),
                node.required("person").asText(),
                new Requester(
                        node.required("by").asText(),
                        Requester.Means.ofWord(node.required("means").asText())),
                node.required("reason").textValue());
    }

    /** A list of {@link #json()}. */
    public static ArrayNode json(List<Access> accesses) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        accesses.forEach(access -> list.add(access.json()));
        return list;
    }

    /** What {@link #json(List)} wrote. */
    public static List<Access> list(JsonNode list) {
        List<Access> accesses = new ArrayList<>();
        list.forEach(node -> accesses.add(of(node)));
        return accesses;
    }
}
