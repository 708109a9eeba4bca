package io.github.consentbridge.sync.logging;

import static io.github.consentbridge.sync.logging.LogLevel.ERROR;
import static io.github.consentbridge.sync.logging.LogLevel.INFO;
import static io.github.consentbridge.sync.logging.LogLevel.WARN;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The level of each outcome; {@code docs/logs.md} says what to do about those that are not {@code info}. An outcome that is not
 * listed is {@code info}, and {@code error} if it is a fault.
 */
final class OutcomeLevels {
    private static final Map<String, LogLevel> LEVELS = new HashMap<>();

    static {
        // They are repeated, settled by the other side, or counted; often, they mean something.
        put(
                WARN,
                "no log key",
                "delivery refused",
                "token refused",
                "unreadable value",
                "no audit history",
                "checkpoint ignored",
                "paused",
                "waiting",
                "refused",
                "not reconciled",
                "record failed",
                "settling failed",
                "postponing failed",
                "pauses not stored",
                "the command that started the reconciliation has ended");
        // Nothing changes until somebody acts.
        put(ERROR, "dead letter", "misfit", "unresolved difference", "reconciliation stopped");
    }

    private OutcomeLevels() {}

    private static void put(LogLevel level, String... outcomes) {
        List.of(outcomes).forEach(outcome -> LEVELS.put(outcome, level));
    }

    static LogLevel of(String outcome) {
        return LEVELS.getOrDefault(outcome, INFO);
    }

    static LogLevel ofFault(String outcome) {
        return LEVELS.getOrDefault(outcome, ERROR);
    }
}
