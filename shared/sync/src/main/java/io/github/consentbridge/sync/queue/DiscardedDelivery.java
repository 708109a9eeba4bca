package io.github.consentbridge.sync.queue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.mapping.consent.Side;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * What stays on record of a dead letter that was given up. It has nothing of the person but the keyed hash.
 *
 * @param id of the delivery
 * @param person the keyed hash under which the ledger keeps the person; empty if the delivery names nobody
 * @param attempts how often applying it had failed
 * @param failure why it was a dead letter, without ids of contacts
 */
public record DiscardedDelivery(
        String id, Side side, String person, Instant receivedAt, int attempts, String failure, Decision decision) {
    /** A contact's, which a failure can name. */
    private static final Pattern ID = Pattern.compile("[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}");

    /**
     * Why a dead letter is given up.
     *
     * @param by the user of the operating system who decided it
     * @param reason in the words of that user
     */
    public record Decision(String by, Instant at, String reason) {}

    /** What stays of a dead letter. */
    public static DiscardedDelivery of(DeadLetter letter, String personHash, Decision decision) {
        Delivery delivery = letter.delivery();
        return new DiscardedDelivery(
                delivery.id(),
                delivery.side(),
                personHash,
                delivery.receivedAt(),
                delivery.allAttempts(),
                ID.matcher(letter.reason()).replaceAll("…"),
                decision);
    }

    /** {@code {"id","side","person","received_at","attempts","failure","discarded_at","by","reason"}}. */
    public ObjectNode json() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", id)
                .put("side", side.word())
                .put("person", person)
                .put("received_at", receivedAt.toString())
                .put("attempts", attempts)
                .put("failure", failure)
                .put("discarded_at", decision.at().toString())
                .put("by", decision.by())
                .put("reason", decision.reason());
    }

    /** What {@link #json} wrote. */
    public static DiscardedDelivery of(JsonNode node) {
        return new DiscardedDelivery(
                node.required("id").asText(),
                Side.ofWord(node.required("side").asText()),
                node.required("person").asText(),
                Instant.parse(node.required("received_at").asText()),
                node.required("attempts").intValue(),
                node.required("failure").asText(),
                new Decision(
                        node.required("by").asText(),
                        Instant.parse(node.required("discarded_at").asText()),
                        node.required("reason").asText()));
    }
}
