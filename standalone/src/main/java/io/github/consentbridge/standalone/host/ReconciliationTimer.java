package io.github.consentbridge.standalone.host;

import io.github.consentbridge.sync.logging.LogFields;
import io.github.consentbridge.sync.logging.OutcomeLog;
import io.github.consentbridge.sync.operations.Operations;
import io.github.consentbridge.sync.reconciliation.ReconciliationRequest;
import io.github.consentbridge.sync.reconciliation.ReconciliationUnderWayException;
import io.github.consentbridge.sync.reconciliation.RunStore;
import io.github.consentbridge.sync.reconciliation.Scan;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Reconciles by itself, as EventBridge's schedule does elsewhere. A restart does not make it begin anew. */
final class ReconciliationTimer implements AutoCloseable {
    private static final String LAST = "last";

    /** After a run that failed, or while somebody else's is under way. */
    private static final Duration AGAIN = Duration.ofMinutes(15);

    private final Operations operations;
    private final RunStore runs;
    private final Duration every;
    private final OutcomeLog outcomeLog;
    private final Clock clock;
    private final Signal signal;
    private final Thread thread = new Thread(this::serve, "reconciliation");

    /** @param signal is closed when the bridge is */
    ReconciliationTimer(
            Operations operations, RunStore runs, Duration every, OutcomeLog outcomeLog, Clock clock, Signal signal) {
        this.operations = operations;
        this.runs = runs;
        this.every = every;
        this.outcomeLog = outcomeLog;
        this.clock = clock;
        this.signal = signal;
    }

    void start() {
        if (runs.load(LAST).isEmpty()) {
            // The first one is an operator's: it may change very many people.
            runs.save(LAST, clock.instant().toString());
        }
        thread.start();
    }

    private void serve() {
        Instant next = runs.load(LAST).map(Instant::parse).orElseThrow().plus(every);
        while (!signal.isClosed() && !Thread.currentThread().isInterrupted()) {
            Duration wait = Duration.between(clock.instant(), next);
            if (wait.isNegative() || wait.isZero()) {
                next = clock.instant().plus(run() ? every : AGAIN);
            } else {
                signal.pause(wait);
            }
        }
    }

    private boolean run() {
        try {
            var report = operations.reconcile(new ReconciliationRequest(Scan.FULL, false, false, false), line -> {});
            outcomeLog.tell("reconciled", null, LogFields.of("report", report.toString()));
            if (!report.path("finished").booleanValue()
                    && !report.path("stopped").isTextual()) {
                // Broken off, as by the bridge's own end: it goes on soon.
                return false;
            }
            runs.save(LAST, clock.instant().toString());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ReconciliationUnderWayException e) {
            outcomeLog.tell("reconciliation postponed", null, LogFields.of("why", String.valueOf(e.getMessage())));
        } catch (RuntimeException e) {
            // Whatever it was, the next run is to come.
            outcomeLog.fault("reconciliation failed", e, LogFields.none());
        }
        return false;
    }

    /** Ends a run that is under way after its page. */
    @Override
    public void close() {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
