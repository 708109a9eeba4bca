package io.github.consentbridge.sync.reconciliation;

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

    /** Remembers how much there was to read. */
    void readAll(long read) {
        store.save(expectation(), Long.toString(read));
    }

    /** How much there was to read the last time; 0 where that tells nothing. */
    long expected() {
        return request.scan() == Scan.DYNAMICS
                ? 0
                : store.load(expectation()).map(Long::parseLong).orElse(0L);
    }

    private String expectation() {
        return "read:" + request.scan().word();
    }

    void forget() {
        store.save(name, null);
    }
}
