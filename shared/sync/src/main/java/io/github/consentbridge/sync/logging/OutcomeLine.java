package io.github.consentbridge.sync.logging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.mapping.json.JsonTree;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalAmount;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One line of the outcome log. Everything in it has a bound, so that a broken value cannot flood the log. */
final class OutcomeLine {
    static final int MAX_CHARACTERS = 16_000;

    /** Where several programs log to one place. */
    private static final String SERVICE = "consent-bridge";

    private static final int MAX_TEXT = 500;
    private static final int MAX_NAME = 60;
    private static final int MAX_FACTS = 40;
    private static final int MAX_ITEMS = 20;
    private static final int MAX_FRAMES = 30;
    private static final int MAX_CAUSES = 4;
    private static final String OURS = "io.github.consentbridge.";

    private final ObjectNode line = JsonNodeFactory.instance.objectNode();
    private int fixedMembers;

    OutcomeLine(Instant at, LogLevel level, String outcome) {
        line.put("at", at.toString())
                .put("level", level.word())
                .put("service", SERVICE)
                .put("outcome", cut(outcome, MAX_TEXT));
        fixedMembers = line.size();
    }

    void person(String hash) {
        line.put("person", hash);
        fixedMembers = line.size();
    }

    OutcomeLine fields(LogFields fields) {
        int left = MAX_FACTS;
        for (Map.Entry<String, @Nullable Object> fact : fields.members().entrySet()) {
            if (left-- == 0) {
                break;
            }
            String name = cut(fact.getKey(), MAX_NAME);
            put(line.has(name) ? "fact_" + name : name, fact.getValue());
        }
        return this;
    }

    private void put(String name, @Nullable Object value) {
        if (value instanceof Collection<?> items) {
            ArrayNode list = line.putArray(name);
            items.stream().limit(MAX_ITEMS).forEach(item -> list.add(plain(item)));
        } else {
            line.set(name, plain(value));
        }
    }

    /** A number, a truth value, or a text. Of anything else only the class: a generated toString prints everything. */
    private static JsonNode plain(@Nullable Object value) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        if (value == null) {
            return nodes.nullNode();
        } else if (value instanceof Boolean flag) {
            return nodes.booleanNode(flag);
        } else if (value instanceof Number number) {
            return number(number);
        }
        boolean text = value instanceof CharSequence
                || value instanceof Enum
                || value instanceof TemporalAccessor
                || value instanceof TemporalAmount
                || value instanceof UUID;
        return nodes.textNode(cut(text ? value.toString() : value.getClass().getName(), MAX_TEXT));
    }

    private static JsonNode number(Number value) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        if (value instanceof BigDecimal || value instanceof BigInteger) {
            return nodes.numberNode(new BigDecimal(value.toString()));
        }
        return value instanceof Double || value instanceof Float
                ? nodes.numberNode(value.doubleValue())
                : nodes.numberNode(value.longValue());
    }

    /**
     * Adds what went wrong where. Messages are our own exceptions' only: others quote addresses, bodies and keys.
     */
    OutcomeLine fault(Throwable fault) {
        line.put("error", fault.getClass().getName());
        @Nullable String message = fault.getMessage();
        if (message != null && fault.getClass().getName().startsWith(OURS)) {
            line.put("message", cut(message, MAX_TEXT));
        }
        ArrayNode stack = line.putArray("stack");
        @Nullable Throwable cause = fault;
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
            if (depth > 0) {
                stack.add("caused by " + cut(cause.getClass().getName(), MAX_TEXT));
            }
            StackTraceElement[] frames = cause.getStackTrace();
            for (int frame = 0; frame < Math.min(frames.length, MAX_FRAMES); frame++) {
                stack.add(cut(frames[frame].toString(), MAX_TEXT));
            }
            cause = cause.getCause();
        }
        return this;
    }

    String text() {
        String text = json();
        while (text.length() > MAX_CHARACTERS) {
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

    /** ASCII only: no character can be taken for a line's end, whatever the encoding of the stream. */
    private String json() {
        return JsonTree.writeAscii(line);
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 1) + "…";
    }
}
