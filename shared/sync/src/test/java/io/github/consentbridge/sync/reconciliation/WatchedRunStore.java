package io.github.consentbridge.sync.reconciliation;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A run store that can be made to crash. */
final class WatchedRunStore implements RunStore {
    private final RunStore store;

    /** Runs after each save. May throw, as a crash would. */
    Runnable afterSave = () -> {};

    WatchedRunStore(RunStore store) {
        this.store = store;
    }

    @Override
    public boolean lease(String run, Instant now, Instant until) {
        return store.lease(run, now, until);
    }

    @Override
    public boolean handOver(String run, String next, Instant until) {
        return store.handOver(run, next, until);
    }

    @Override
    public void release(String run) {
        store.release(run);
    }

    @Override
    public Optional<String> load(String name) {
        return store.load(name);
    }

    @Override
    public void save(String name, @Nullable String text) {
        store.save(name, text);
        afterSave.run();
    }
}
