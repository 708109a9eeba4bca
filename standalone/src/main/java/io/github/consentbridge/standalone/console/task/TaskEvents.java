package io.github.consentbridge.standalone.console.task;

import io.github.consentbridge.standalone.console.events.EventHub;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Passes on how tasks come along, at most four times a second each, and always how they end. Safe for use by several threads. */
public final class TaskEvents {
    private static final long EVERY = TimeUnit.MILLISECONDS.toNanos(250);

    private final EventHub events;
    private final LongSupplier nanoTime;

    /** When a running task was passed on last, by its id. */
    private final Map<String, Long> passed = new HashMap<>();

    /** @param nanoTime as {@link System#nanoTime()} */
    public TaskEvents(EventHub events, LongSupplier nanoTime) {
        this.events = events;
        this.nanoTime = nanoTime;
    }

    /** Takes a task that has changed. */
    public synchronized void changed(ConsoleTask task) {
        long now = nanoTime.getAsLong();
        @Nullable Long last = passed.get(task.id());
        boolean running = task.isRunning();
        if (running && last != null && now - last < EVERY) {
            return;
        }
        if (running) {
            passed.put(task.id(), now);
        } else {
            passed.remove(task.id());
        }
        events.publish("task", task.id(), task.json());
    }
}
