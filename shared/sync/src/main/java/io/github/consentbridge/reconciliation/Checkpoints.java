package io.github.consentbridge.reconciliation;

import java.time.Instant;

/** Keeps where a run is, and its lease alive. */
final class Checkpoints {
    private final RunStore store;
    private final ReconciliationRequest request;
    private final Runnable renewal;
    private final String name;

    /** @param renewal renews the lease */
    Checkpoints(RunStore store, ReconciliationRequest request, Runnable renewal) {
        this.store = store;
        this.request = request;
        this.renewal = renewal;
        this.name = "run:" + request.scan().word() + (request.dryRun() ? ":dry" : "");
    }

    /** Where the last run with the same request ended; its beginning if it came to its end. */
    Checkpoint last(Instant now) {
        return store.load(name)
                .map(Checkpoint::read)
                .filter(saved -> saved.request().equals(request))
                .orElse(Checkpoint.start(request, now));
    }

    void save(Checkpoint checkpoint) {
        store.save(name, checkpoint.json());
        renewal.run();
    }

    void forget() {
        store.save(name, null);
    }
}
