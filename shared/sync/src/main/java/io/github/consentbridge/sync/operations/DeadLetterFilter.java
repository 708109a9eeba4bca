package io.github.consentbridge.sync.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.sync.queue.DeadLetter;
import java.time.Instant;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Selects dead letters: those that match every criterion that is present.
 *
 * @param id of the delivery
 * @param key the organization user id as the delivery spells it
 * @param reason part of the reason, in upper or lower case
 * @param receivedBefore matches deliveries received before this time
 * @param ids matches any of these deliveries
 */
public record DeadLetterFilter(
        Optional<String> id,
        Optional<String> key,
        Optional<String> reason,
        Optional<Instant> receivedBefore,
        Optional<Set<String>> ids)
        implements Predicate<DeadLetter> {
    /** Every dead letter. */
    public static final DeadLetterFilter ALL =
            new DeadLetterFilter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    public DeadLetterFilter {
        ids = ids.map(Set::copyOf);
    }

    /** Without a list of ids. */
    public DeadLetterFilter(
            Optional<String> id, Optional<String> key, Optional<String> reason, Optional<Instant> receivedBefore) {
        this(id, key, reason, receivedBefore, Optional.empty());
    }

    /** Exactly these deliveries. */
    public static DeadLetterFilter ofIds(Set<String> ids) {
        return new DeadLetterFilter(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(ids));
    }

    @Override
    public boolean test(DeadLetter letter) {
        return id.map(letter.delivery().id()::equals).orElse(true)
                && ids.map(some -> some.contains(letter.delivery().id())).orElse(true)
                && key.map(letter.delivery().person()::equals).orElse(true)
                && reason.map(part -> isPart(part, letter.reason())).orElse(true)
                && receivedBefore
                        .map(time -> letter.delivery().receivedAt().isBefore(time))
                        .orElse(true);
    }

    /** Also of the reason as a group of dead letters shows it. */
    private static boolean isPart(String part, String reason) {
        return lower(reason).contains(lower(part))
                || lower(DeadLetterGroup.general(reason)).contains(lower(part));
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /** For another process; {@link #of} reads it back. */
    public ObjectNode json() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        id.ifPresent(text -> node.put("id", text));
        key.ifPresent(text -> node.put("key", text));
        reason.ifPresent(text -> node.put("reason", text));
        receivedBefore.ifPresent(time -> node.put("received_before", time.toString()));
        ids.ifPresent(some -> {
            ArrayNode list = node.putArray("ids");
            some.forEach(list::add);
        });
        return node;
    }

    /** What {@link #json} wrote. */
    public static DeadLetterFilter of(JsonNode node) {
        return new DeadLetterFilter(
                text(node, "id"),
                text(node, "key"),
                text(node, "reason"),
                text(node, "received_before").map(Instant::parse),
                ids(node));
    }

    private static Optional<Set<String>> ids(JsonNode node) {
        if (!node.has("ids")) {
            return Optional.empty();
        }
        Set<String> ids = new HashSet<>();
        node.get("ids").forEach(id -> ids.add(id.asText()));
        return Optional.of(ids);
    }

    private static Optional<String> text(JsonNode node, String name) {
        @Nullable String text = node.path(name).textValue();
        return Optional.ofNullable(text);
    }
}
