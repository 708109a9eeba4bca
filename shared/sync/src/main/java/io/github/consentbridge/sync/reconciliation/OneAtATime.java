package io.github.consentbridge.sync.reconciliation;

import io.github.consentbridge.mapping.consent.Side;
import java.time.Duration;

/** Passes on one event at a time: waits are reported by the threads that wait. */
record OneAtATime(ReconciliationListener listener) implements ReconciliationListener {
    @Override
    public synchronized void reading(String subject) {
        listener.reading(subject);
    }

    @Override
    public synchronized void waiting(String why, Duration wait, Duration left) {
        listener.waiting(why, wait, left);
    }

    @Override
    public synchronized void found(Difference difference) {
        listener.found(difference);
    }

    @Override
    public synchronized void unresolved(Unresolved unresolved) {
        listener.unresolved(unresolved);
    }

    @Override
    public synchronized void failed(String key, String reason) {
        listener.failed(key, reason);
    }

    @Override
    public synchronized void onlyIn(Side side, String key) {
        listener.onlyIn(side, key);
    }

    @Override
    public synchronized void progress(Totals totals, long expected) {
        listener.progress(totals, expected);
    }
}
