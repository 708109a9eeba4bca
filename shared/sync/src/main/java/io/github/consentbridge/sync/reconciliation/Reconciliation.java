package io.github.consentbridge.sync.reconciliation;

import io.github.consentbridge.connectors.http.Deadline;
import io.github.consentbridge.connectors.http.RetryPolicy.Sleeper;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.mapping.document.Mapping;
import io.github.consentbridge.sync.connections.Connections;
import io.github.consentbridge.sync.logging.OutcomeLog;
import io.github.consentbridge.sync.registration.Registration;
import io.github.consentbridge.sync.worker.PageSettler;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads both sides page by page and settles everybody by the same rule as the queue worker. The place where to go on is
 * saved once a page is settled, never before, so a run that ends in the middle is taken up by the next one and nothing is
 * skipped. A few pages are held at a time, whatever the number of people.
 */
public final class Reconciliation {
    /** Longer than any page takes, short enough not to keep the next run waiting for a dead one. */
    private static final Duration LEASE = Duration.ofMinutes(10);

    private final Integration integration;
    private final Connections connections;
    private final PageSettler settler;
    private final RegistrationRepair healing;
    private final RunStore store;
    private final OutcomeLog outcomeLog;
    private final Clock clock;
    private final Sleeper sleeper;

    /**
     * @param registration looked after once a run has come to its end
     * @param sleeper waits while a system is paused
     */
    public Reconciliation(
            Integration integration,
            Connections connections,
            PageSettler settler,
            Registration registration,
            RunStore store,
            OutcomeLog outcomeLog,
            Clock clock,
            Sleeper sleeper) {
        this.integration = integration;
        this.connections = connections;
        this.settler = settler;
        this.healing = new RegistrationRepair(registration);
        this.store = store;
        this.outcomeLog = outcomeLog;
        this.clock = clock;
        this.sleeper = sleeper;
    }

    /**
     * Runs, or goes on with the same request where the last run ended.
     *
     * @param run names this run for the lease
     * @param deadline when it must be over; bounds the requests to both systems as well
     * @throws ReconciliationUnderWayException if another run is under way
     * @throws io.github.consentbridge.connectors.http.RemoteException if a side cannot be read; a later run goes on from there
     */
    public ReconciliationReport run(
            String run, ReconciliationRequest request, Deadline deadline, ReconciliationListener listener)
            throws InterruptedException {
        return deadline.during(() -> runLeased(run, request, deadline, listener));
    }

    private ReconciliationReport runLeased(
            String run, ReconciliationRequest request, Deadline deadline, ReconciliationListener listener)
            throws InterruptedException {
        renew(run);
        try {
            PageReader reader = new PageReader(connections, sleeper, deadline);
            PageWork work = new PageWork(
                    request, new StopRule(integration.maxChangeRatio(), request), deadline, sleeper, outcomeLog);
            ReconciliationReport report = new ReconciliationRun(
                            request,
                            passes(request),
                            reader,
                            work,
                            new RunRecorder(new Differences(integration), listener, outcomeLog),
                            new Checkpoints(store, request, () -> renew(run)),
                            deadline,
                            new RequestCount(connections),
                            clock)
                    .run();
            return report.finished() && !request.dryRun() ? report.with(healing.heal()) : report;
        } finally {
            store.release(run);
        }
    }

    private void renew(String run) {
        Instant now = clock.instant();
        if (!store.lease(run, now, now.plus(LEASE))) {
            throw new ReconciliationUnderWayException();
        }
    }

    private List<Pass> passes(ReconciliationRequest request) {
        List<Pass> passes = new ArrayList<>();
        if (request.scan().readsDidomi()) {
            integration.mappings().stream()
                    .map(Mapping::regulation)
                    .distinct()
                    .forEach(regulation -> passes.add(new DidomiPass(connections, settler, regulation)));
        }
        if (request.scan().readsDynamics()) {
            passes.add(new DynamicsPass(connections, settler, store, request, clock));
        }
        return passes;
    }
}
