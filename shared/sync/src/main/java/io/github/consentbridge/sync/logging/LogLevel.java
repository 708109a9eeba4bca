package io.github.consentbridge.sync.logging;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** How much an outcome matters to an operator. */
public enum LogLevel {
    /** As expected. */
    INFO,
    /** Needs a look: the bridge goes on by itself, but if it happens often something is wrong. */
    WARN,
    /** Needs a hand: it does not get right by itself, or a choice is not applied. */
    ERROR;

    /** The variable that names the lowest level that is printed. */
    public static final String VARIABLE = "BRIDGE_LOG_LEVEL";

    /** As in log lines. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The lowest level that the environment asks for, in either case; {@link #INFO} if it names none.
     *
     * @throws IllegalArgumentException with one sentence that names the valid values
     */
    public static LogLevel of(Map<String, String> environment) {
        String word = Optional.ofNullable(environment.get(VARIABLE)).orElse("").strip();
        return word.isEmpty()
                ? INFO
                : Arrays.stream(values())
                        .filter(level -> level.word().equalsIgnoreCase(word))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException(VARIABLE + " must be one of "
                                + Arrays.stream(values()).map(LogLevel::word).collect(Collectors.joining(", "))));
    }
}
