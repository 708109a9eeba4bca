package io.github.consentbridge.standalone.host;

import io.github.consentbridge.connectors.http.Deadline;
import io.github.consentbridge.sync.logging.LogFields;
import io.github.consentbridge.sync.logging.OutcomeLog;
import io.github.consentbridge.sync.operations.Host;
import io.github.consentbridge.sync.operations.LastReconciliation;
import io.github.consentbridge.sync.reconciliation.ReconciliationReport;
import io.github.consentbridge.sync.reconciliation.ReconciliationRequest;
import io.github.consentbridge.sync.reconciliation.ReconciliationUnderWayException;
import io.github.consentbridge.sync.reconciliation.RunStore;
import io.github.consentbridge.sync.reconciliation.Scan;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Starts a full scan at regular intervals. The interval continues across restarts. */
final class ReconciliationTimer implements AutoCloseable {
    private static final String LAST = "last";

    private static final ReconciliationRequest FULL_SCAN = new ReconciliationRequest(Scan.FULL, false, false, false);

    /** After a run that failed or was interrupted, or while another run is under way. */
    private static final Duration RETRY = Duration.ofMinutes(15);

    private final Host host;
    private final RunStore runs;
    private final OutcomeLog outcomeLog;
    private final Clock clock;
    private final Duration every;
    private final Deadline deadline;
    private final Signal signal;
    private volatile @Nullable Thread thread;

    /**
     * @param deadline interrupts a run
     * @param signal is closed when the bridge is
     */
    ReconciliationTimer(Host host, Duration every, Deadline deadline, Signal signal) {
        this.host = host;
        this.runs = host.runs();
        this.outcomeLog = host.outcomeLog();
        this.clock = host.clock();
        this.every = every;
        this.deadline = deadline;
        this.signal = signal;
    }

    /** When the last automatic run has finished, or the first timer has started; empty before. */
    static Optional<Instant> last(RunStore runs) {
        return runs.load(LAST).map(Instant::parse);
    }

    void start() {
        if (runs.load(LAST).isEmpty()) {
            // An operator should start the first run, because it may change very many people.
            runs.save(LAST, clock.instant().toString());
        }
        Instant first = last(runs).orElseThrow().plus(every);
        Thread started = new Thread(() -> serve(first), "reconciliation");
        thread = started;
        started.start();
    }

    private void serve(Instant first) {
        Instant next = first;
        while (!signal.isClosed() && !Thread.currentThread().isInterrupted()) {
            Duration wait = Duration.between(clock.instant(), next);
            if (wait.isNegative() || wait.isZero()) {
                next = clock.instant().plus(run() ? every : RETRY);
            } else {
                signal.pause(wait);
            }
        }
    }

    private boolean run() {
        try {
            // An interrupted run needs no continuation of its own: the timer starts the next run soon.
            ReconciliationReport report = LastReconciliation.recorded(
                    host,
                    FULL_SCAN,
                    () -> host.reconciliation(signal::pause)
                            .runScheduled(UUID.randomUUID().toString(), FULL_SCAN, deadline));
            if (report.isInterrupted()) {
                return false;
            }
            runs.save(LAST, clock.instant().toString());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ReconciliationUnderWayException e) {
            outcomeLog.log("reconciliation postponed", null, LogFields.of("why", String.valueOf(e.getMessage())));
        } catch (RuntimeException e) {
            // No failure may end the timer.
            outcomeLog.fault("reconciliation failed", e, LogFields.none());
        }
        return false;
    }

    /** Waits for a run that is under way; the deadline ends it after its page. */
    @Override
    public void close() {
        @Nullable Thread started = thread;
        if (started == null) {
            return;
        }
        try {
            started.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
