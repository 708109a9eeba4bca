package io.github.consentbridge.sync.schedule;

import io.github.consentbridge.sync.reconciliation.RunStore;
import io.github.consentbridge.sync.storage.StorageException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The store as one process reaches it: when the process crashes, it changes nothing any more. */
final class MortalRunStore implements RunStore {
    private final RunStore store;
    private final Predicate<String> crash;
    private boolean dead;

    /** @param crash decides before which change the process crashes: {@code "handOver R#1/a R#2"}, {@code "save run:full"} … */
    MortalRunStore(RunStore store, Predicate<String> crash) {
        this.store = store;
        this.crash = crash;
    }

    private void live(String change) {
        dead |= crash.test(change);
        if (dead) {
            throw new StorageException("crashed before " + change);
        }
    }

    @Override
    public boolean lease(String run, Instant now, Instant until) {
        live("lease " + run);
        return store.lease(run, now, until);
    }

    @Override
    public boolean handOver(String run, String next, Instant until) {
        live("handOver " + run + " " + next);
        return store.handOver(run, next, until);
    }

    @Override
    public void release(String run) {
        live("release " + run);
        store.release(run);
    }

    @Override
    public Optional<String> load(String name) {
        return store.load(name);
    }

    @Override
    public void save(String name, @Nullable String text) {
        live("save " + name);
        store.save(name, text);
    }
}
