package io.github.consentbridge.mapping.delivery;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.consentbridge.mapping.json.JsonTree;
import io.github.consentbridge.mapping.json.MemberNames;
import io.github.consentbridge.mapping.json.Surrogates;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads the JSON of webhook bodies. Only the nesting is bounded for the whole body; everything else is checked where a
 * member is used, because a delivery that is refused is lost. A member that is null counts as absent.
 */
final class WireJson {
    /** Deeper than any body that either sender documents. */
    static final int MAX_DEPTH = 64;

    /**
     * The latest time that is read. An event that overrules it is dated after it, and still in a year of four digits, as
     * every system reads it.
     */
    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    private static final JsonFactory BOUNDED = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private WireJson() {}

    static JsonNode object(String body) throws MalformedDeliveryException {
        JsonNode node;
        try {
            node = tree(body.startsWith("\uFEFF") ? body.substring(1) : body);
        } catch (IOException e) {
            // Jackson's own message quotes the body.
            throw new MalformedDeliveryException("the body is not JSON, or is nested deeper than " + MAX_DEPTH);
        }
        if (!node.isObject()) {
            throw new MalformedDeliveryException("the body is not a JSON object");
        }
        return node;
    }

    private static JsonNode tree(String json) throws IOException {
        try (JsonParser parser = BOUNDED.createParser(json)) {
            return JsonTree.read(parser);
        } catch (IOException e) {
            String repaired = MemberNames.withoutUnpairedSurrogates(json);
            if (repaired.equals(json)) {
                throw e;
            }
            return tree(repaired);
        }
    }

    static JsonNode objectIn(JsonNode parent, String name) throws MalformedDeliveryException {
        JsonNode child = optionalObject(parent, name);
        if (child.isMissingNode()) {
            throw wrong(name, "is missing or not an object");
        }
        return child;
    }

    /** A missing node if the member is absent. */
    static JsonNode optionalObject(JsonNode parent, String name) throws MalformedDeliveryException {
        return object(parent.path(name), () -> name);
    }

    /**
     * This value, or a missing node if it is absent.
     *
     * @param member the member's path, for the message
     */
    static JsonNode object(JsonNode value, Supplier<String> member) throws MalformedDeliveryException {
        if (value.isObject()) {
            return value;
        }
        if (isAbsent(value)) {
            return MissingNode.getInstance();
        }
        throw wrong(member.get(), "is not an object");
    }

    static String textIn(JsonNode parent, String name) throws MalformedDeliveryException {
        @Nullable String text = optionalText(parent, name);
        if (text == null) {
            throw wrong(name, "is missing or not a string");
        }
        return text;
    }

    /** Null if the member is absent or empty. */
    static @Nullable String optionalText(JsonNode parent, String name) throws MalformedDeliveryException {
        return text(parent.path(name), () -> name);
    }

    /** The same for a value, with its member's path for the message. */
    static @Nullable String text(JsonNode value, Supplier<String> member) throws MalformedDeliveryException {
        @Nullable String text = textOf(value, member);
        return text == null || text.isEmpty() ? null : paired(text, member);
    }

    /** A text that is only compared, so that it may hold anything; null if it is absent. */
    static @Nullable String textOf(JsonNode value, Supplier<String> member) throws MalformedDeliveryException {
        if (!value.isTextual() && !isAbsent(value)) {
            throw wrong(member.get(), "is not a string");
        }
        return value.textValue();
    }

    /** This text, which is stored: encoding would turn half a pair into a question mark, and one id into another. */
    static String paired(String text, Supplier<String> member) throws MalformedDeliveryException {
        if (!Surrogates.arePaired(text)) {
            throw wrong(member.get(), "contains an unpaired surrogate (`\\ud83d`)");
        }
        return text;
    }

    static boolean isAbsent(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }

    /** @param member the member's path, of names that the sender documents */
    static MalformedDeliveryException wrong(String member, String problem) {
        return new MalformedDeliveryException("`" + member + "` " + problem);
    }

    /** The member's time, at most {@link #LATEST}. */
    static Instant timeIn(JsonNode parent, String name) throws MalformedDeliveryException {
        @Nullable Instant time = optionalTime(parent, name);
        if (time == null) {
            throw wrong(name, "is missing");
        }
        return time;
    }

    /** The same; null if it is absent. */
    static @Nullable Instant optionalTime(JsonNode parent, String name) throws MalformedDeliveryException {
        @Nullable String text = optionalText(parent, name);
        if (text == null) {
            return null;
        }
        try {
            Instant time = text.endsWith("Z")
                    ? Instant.parse(text)
                    : OffsetDateTime.parse(text).toInstant();
            return time.isAfter(LATEST) ? LATEST : time;
        } catch (DateTimeException e) {
            throw wrong(name, "is not an ISO 8601 time with an offset");
        }
    }

    /** The same for a time that only makes another one more exact; null also if it is not a time. */
    static @Nullable Instant timeIfValid(JsonNode parent, String name) {
        try {
            return optionalTime(parent, name);
        } catch (MalformedDeliveryException e) {
            return null;
        }
    }
}
