package io.github.consentbridge.sync;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalAmount;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One line of the journal. Everything in it has a bound, so that a broken value cannot flood the log. */
final class JournalLine {
    static final int MOST_CHARACTERS = 16_000;

    private static final int MOST_TEXT = 500;
    private static final int MOST_NAME = 60;
    private static final int MOST_FACTS = 40;
    private static final int MOST_ITEMS = 20;
    private static final int MOST_FRAMES = 30;
    private static final int MOST_CAUSES = 4;
    private static final String OURS = "io.github.consentbridge.";

    /** ASCII only: no character can be taken for a line's end, whatever the encoding of the stream. */
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private final ObjectNode line = MAPPER.createObjectNode();
    private int fixedMembers;

    JournalLine(Instant at, String level, String outcome) {
        line.put("at", at.toString()).put("level", level).put("outcome", cut(outcome, MOST_TEXT));
        fixedMembers = line.size();
    }

    void person(String hash) {
        line.put("person", hash);
        fixedMembers = line.size();
    }

    JournalLine facts(Facts facts) {
        int left = MOST_FACTS;
        for (Map.Entry<String, @Nullable Object> fact : facts.members().entrySet()) {
            if (left-- == 0) {
                break;
            }
            String name = cut(fact.getKey(), MOST_NAME);
            put(line.has(name) ? "fact_" + name : name, fact.getValue());
        }
        return this;
    }

    private void put(String name, @Nullable Object value) {
        if (value instanceof Collection<?> items) {
            ArrayNode list = line.putArray(name);
            items.stream().limit(MOST_ITEMS).forEach(item -> list.addPOJO(plain(item)));
        } else {
            line.putPOJO(name, plain(value));
        }
    }

    /** A number, a truth value, or a text. Of anything else only the class: a generated toString prints everything. */
    private static @Nullable Object plain(@Nullable Object value) {
        if (value == null || value instanceof Number || value instanceof Boolean) {
            return value;
        }
        boolean text = value instanceof CharSequence
                || value instanceof Enum
                || value instanceof TemporalAccessor
                || value instanceof TemporalAmount
                || value instanceof UUID;
        return cut(text ? value.toString() : value.getClass().getName(), MOST_TEXT);
    }

    /**
     * Adds what went wrong where. Messages are our own exceptions' only: others quote addresses, bodies and keys.
     */
    JournalLine fault(Throwable fault) {
        line.put("error", fault.getClass().getName());
        @Nullable String message = fault.getMessage();
        if (message != null && fault.getClass().getName().startsWith(OURS)) {
            line.put("message", cut(message, MOST_TEXT));
        }
        ArrayNode stack = line.putArray("stack");
        @Nullable Throwable cause = fault;
        for (int depth = 0; cause != null && depth < MOST_CAUSES; depth++) {
            if (depth > 0) {
                stack.add("caused by " + cut(cause.getClass().getName(), MOST_TEXT));
            }
            StackTraceElement[] frames = cause.getStackTrace();
            for (int frame = 0; frame < Math.min(frames.length, MOST_FRAMES); frame++) {
                stack.add(cut(frames[frame].toString(), MOST_TEXT));
            }
            cause = cause.getCause();
        }
        return this;
    }

    String text() {
        String text = json();
        while (text.length() > MOST_CHARACTERS) {
            shorten();
            text = json();
        }
        return text;
    }

    /** Drops half of the stack as long as there is one, then the last fact. */
    private void shorten() {
        line.put("cut", true);
        if (line.path("stack") instanceof ArrayNode stack && !stack.isEmpty()) {
            int half = stack.size() / 2;
            while (stack.size() > half) {
                stack.remove(stack.size() - 1);
            }
            return;
        }
        String last = "outcome";
        Iterator<String> names = line.fieldNames();
        for (int index = 0; names.hasNext(); index++) {
            String name = names.next();
            last = index >= fixedMembers && !name.equals("cut") ? name : last;
        }
        line.remove(last);
    }

    private String json() {
        try {
            return MAPPER.writeValueAsString(line);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("numbers and texts can be written", e);
        }
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 1) + "…";
    }
}
