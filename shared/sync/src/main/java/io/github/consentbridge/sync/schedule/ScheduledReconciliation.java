package io.github.consentbridge.sync.schedule;

import io.github.consentbridge.connectors.http.Deadline;
import io.github.consentbridge.sync.operations.LastReconciliation;
import io.github.consentbridge.sync.reconciliation.Reconciliation;
import io.github.consentbridge.sync.reconciliation.ReconciliationReport;
import io.github.consentbridge.sync.reconciliation.ReconciliationUnderWayException;
import io.github.consentbridge.sync.reconciliation.RunStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Runs a reconciliation in as many calls as it needs. The lease belongs to the run: a part that ends before the run does hands
 * the lease to the next part, which it has sent to the queue, so that no other run comes in between. If a call crashes, the lease
 * expires and the part, which the queue delivers again, continues. A part that is delivered twice is run once. Safe for several
 * processes.
 */
public final class ScheduledReconciliation {
    /** Longer than it takes to hand over the lease after the next part was sent. */
    private static final Duration HAND_OVER = Duration.ofSeconds(2);

    private final Reconciliation reconciliation;
    private final RunStore runs;
    private final PartQueue queue;
    private final Clock clock;

    /** @param runs the store that the reconciliation uses */
    public ScheduledReconciliation(Reconciliation reconciliation, RunStore runs, PartQueue queue, Clock clock) {
        this.reconciliation = reconciliation;
        this.runs = runs;
        this.queue = queue;
        this.clock = clock;
    }

    /**
     * Runs a part, and keeps how it ended as the {@link LastReconciliation}.
     *
     * @param call identifies this call: no other one may have the same
     * @throws io.github.consentbridge.mapping.failure.BridgeException as {@link Reconciliation#run} does; the same part,
     *     handed in again, continues from there
     */
    public PartResult run(RunPart part, String call, Deadline deadline) throws InterruptedException {
        String holder = part.holder(call);
        if (!takeLease(part, holder)) {
            return isPast(part) ? new PartResult.Repeated() : new PartResult.UnderWay();
        }
        if (isPast(part)) {
            runs.release(holder);
            return new PartResult.Repeated();
        }
        try {
            return new PartResult.Ran(runLeased(part, holder, deadline));
        } catch (ReconciliationUnderWayException e) {
            // The lease expired during a page that took too long, and another run has it.
            return new PartResult.UnderWay();
        }
    }

    private boolean takeLease(RunPart part, String holder) {
        Instant now = clock.instant();
        Instant until = now.plus(Reconciliation.LEASE);
        return runs.handOver(part.ticket(), holder, until) || runs.lease(holder, now, until);
    }

    private boolean isPast(RunPart part) {
        boolean past = RunProgress.load(runs, part.request())
                .map(progress -> progress.isPast(part))
                .orElse(false);
        // Somebody else, for example an operator, may have run it to its end.
        return past || (part.number() > 1 && !reconciliation.isUnfinished(part.request()));
    }

    private ReconciliationReport runLeased(RunPart part, String holder, Deadline deadline) throws InterruptedException {
        RunProgress.at(part).save(runs, part.request());
        ReconciliationReport report = LastReconciliation.recorded(
                runs, clock, part.request(), () -> reconciliation.runPart(holder, part.request(), deadline));
        if (report.isInterrupted()) {
            handOver(part.next(), holder);
        } else {
            RunProgress.endOf(part).save(runs, part.request());
        }
        return report;
    }

    /** Sent first: after a crash in between, the next part waits until the lease has expired, and is not lost. */
    private void handOver(RunPart next, String holder) {
        boolean sent = false;
        try {
            queue.send(next, HAND_OVER);
            sent = true;
        } finally {
            if (!sent) {
                runs.release(holder);
            }
        }
        RunProgress.at(next).save(runs, next.request());
        runs.handOver(holder, next.ticket(), clock.instant().plus(Reconciliation.LEASE));
    }
}
