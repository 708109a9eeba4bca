package io.github.consentbridge.simulators.dataverse.table;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The actions that undo a failed transaction or follow a successful one. Outside a transaction changes take effect at
 * once. Callers hold the table's monitor.
 */
public final class UndoLog {
    private @Nullable Deque<Runnable> undo;
    private @Nullable List<Runnable> afterCommit;

    /** Runs the action atomically: if it throws, nothing is changed. */
    <T> T transaction(Supplier<T> work) {
        Deque<Runnable> steps = new ArrayDeque<>();
        List<Runnable> later = new ArrayList<>();
        undo = steps;
        afterCommit = later;
        T result;
        try {
            result = work.get();
        } catch (RuntimeException e) {
            undo = null;
            steps.descendingIterator().forEachRemaining(Runnable::run);
            throw e;
        } finally {
            undo = null;
            afterCommit = null;
        }
        later.forEach(Runnable::run);
        return result;
    }

    public void undoWith(Runnable step) {
        Deque<Runnable> steps = undo;
        if (steps != null) {
            steps.add(step);
        }
    }

    public void afterCommit(Runnable act) {
        List<Runnable> later = afterCommit;
        if (later == null) {
            act.run();
        } else {
            later.add(act);
        }
    }
}
