package io.github.consentbridge.standalone.console.task;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a task does. */
public enum TaskKind {
    /** Makes doctor's checks. */
    CHECKS,
    /** Compares both sides and writes nothing. */
    DRY_RUN,
    /** Applies what a dry run has found. */
    RECONCILE;

    /** The name in JSON. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The kind with this {@link #word()}. */
    public static Optional<TaskKind> of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
    }

    /** Whether it reads both sides; one such task at a time. */
    public boolean isScan() {
        return this != CHECKS;
    }
}
