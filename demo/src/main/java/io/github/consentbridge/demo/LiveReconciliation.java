package io.github.consentbridge.demo;

import io.github.consentbridge.demo.LiveFeed.Kind;
import io.github.consentbridge.demo.LiveFeed.LiveEvent;
import io.github.consentbridge.demo.LiveFeed.Place;
import io.github.consentbridge.mapping.failure.BridgeException;
import io.github.consentbridge.sync.operations.Operations;
import io.github.consentbridge.sync.reconciliation.ReconciliationListener;
import io.github.consentbridge.sync.reconciliation.ReconciliationReport;
import io.github.consentbridge.sync.reconciliation.ReconciliationRequest;
import io.github.consentbridge.sync.reconciliation.Scan;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Reconciles in a thread of its own, one run after the other, and says how it ends. */
final class LiveReconciliation implements AutoCloseable {
    /** Somebody watches: a system that fails is worth a few tries only. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Operations operations;
    private final LiveFeed feed;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread made = new Thread(task, "live-reconcile");
        made.setDaemon(true);
        return made;
    });

    LiveReconciliation(Operations operations, LiveFeed feed) {
        this.operations = operations;
        this.feed = feed;
    }

    /** Returns at once. */
    void start() {
        thread.execute(this::run);
    }

    /** The same, in this thread. */
    void run() {
        say(Kind.DECIDED, "The bridge reads both systems and compares them.");
        try {
            ReconciliationReport report = operations.reconcile(
                    new ReconciliationRequest(Scan.FULL, false, false, false, PATIENCE), ReconciliationListener.NONE);
            say(isComplete(report) ? Kind.RECOVERED : Kind.FAILED, ended(report));
        } catch (BridgeException e) {
            say(Kind.FAILED, "The reconciliation ended: " + e.sentence());
        } catch (InterruptedException e) {
            // The demo ends.
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isComplete(ReconciliationReport report) {
        return report.finished() && report.totals().failed() == 0;
    }

    private static String ended(ReconciliationReport report) {
        long changed = report.totals().changed();
        if (!isComplete(report)) {
            return report.stopped()
                    .map(why -> "The reconciliation stopped: " + why + ".")
                    .orElse("Not everyone could be settled. What is left waits and is tried again.");
        }
        return changed == 0
                ? "Reconciled: both sides agree about everyone."
                : "Reconciled: " + (changed == 1 ? "one difference was" : changed + " differences were") + " repaired.";
    }

    private void say(Kind kind, String sentence) {
        feed.publish(new LiveEvent(kind, Place.BRIDGE, null, null, sentence));
    }

    @Override
    public void close() {
        var unused = thread.shutdownNow();
    }
}
