package io.github.consentbridge.sync.logging;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Further members of an outcome log line, in the order in which they are named. A type of its own because a {@code Map.of} has
 * another order in each process, which makes lines that say the same look different.
 */
public final class LogFields {
    private static final LogFields NONE = new LogFields(Map.of());

    private final Map<String, @Nullable Object> members;

    private LogFields(Map<String, @Nullable Object> members) {
        this.members = members;
    }

    /** Nothing to add to the outcome. */
    public static LogFields none() {
        return NONE;
    }

    /** One member: a number, a truth value, a text, or a list of them; no personal data. */
    public static LogFields of(String name, @Nullable Object value) {
        return NONE.and(name, value);
    }

    /** These, and one more after them; these stay as they are. */
    public LogFields and(String name, @Nullable Object value) {
        Map<String, @Nullable Object> more = new LinkedHashMap<>(members);
        more.put(name, value);
        return new LogFields(more);
    }

    /** The members, in order; cannot be changed. */
    public Map<String, @Nullable Object> members() {
        return Collections.unmodifiableMap(members);
    }

    @Override
    public String toString() {
        return members.toString();
    }
}
