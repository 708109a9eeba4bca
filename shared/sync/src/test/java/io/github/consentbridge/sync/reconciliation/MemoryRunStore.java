package io.github.consentbridge.sync.reconciliation;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A run store in memory. */
public final class MemoryRunStore implements RunStore {
    private final Map<String, String> texts = new HashMap<>();
    private String holder = "";
    private Instant until = Instant.MIN;

    @Override
    public synchronized boolean lease(String run, Instant now, Instant wanted) {
        if (!holder.equals(run) && until.isAfter(now)) {
            return false;
        }
        holder = run;
        until = wanted;
        return true;
    }

    @Override
    public synchronized boolean handOver(String run, String next, Instant wanted) {
        if (!holder.equals(run) && !holder.equals(next)) {
            return false;
        }
        holder = next;
        until = wanted;
        return true;
    }

    @Override
    public synchronized void release(String run) {
        if (holder.equals(run)) {
            until = Instant.MIN;
        }
    }

    @Override
    public synchronized Optional<String> load(String name) {
        return Optional.ofNullable(texts.get(name));
    }

    @Override
    public synchronized void save(String name, @Nullable String text) {
        if (text == null) {
            texts.remove(name);
        } else {
            texts.put(name, text);
        }
    }
}
