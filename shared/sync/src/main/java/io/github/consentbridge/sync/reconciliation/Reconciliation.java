package io.github.consentbridge.sync.reconciliation;

import io.github.consentbridge.connectors.http.Deadline;
import io.github.consentbridge.connectors.http.RemoteException;
import io.github.consentbridge.connectors.http.RetryPolicy.Sleeper;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.mapping.document.Mapping;
import io.github.consentbridge.mapping.failure.BridgeException;
import io.github.consentbridge.sync.connections.Connections;
import io.github.consentbridge.sync.connections.MappingCheck;
import io.github.consentbridge.sync.credentials.CredentialsException;
import io.github.consentbridge.sync.logging.LogFields;
import io.github.consentbridge.sync.logging.OutcomeLog;
import io.github.consentbridge.sync.registration.Registration;
import io.github.consentbridge.sync.registration.RegistrationException;
import io.github.consentbridge.sync.registration.RegistrationReport;
import io.github.consentbridge.sync.worker.PageSettler;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Reads both sides page by page and settles everyone by the same rule as the queue worker. The position is saved once a page
 * is settled, never before: the next run continues an interrupted one and skips nothing. A few pages are in memory at a time,
 * whatever the number of people.
 */
public final class Reconciliation {
    /** Longer than any page takes, and short enough that a crashed run does not delay the next one for long. */
    public static final Duration LEASE = Duration.ofMinutes(10);

    private final Integration integration;
    private final Connections connections;
    private final PageSettler settler;
    private final Registration registration;
    private final RunStore store;
    private final OutcomeLog outcomeLog;
    private final Clock clock;
    private final Sleeper sleeper;

    /**
     * @param registration repaired after a finished run
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
        this.registration = registration;
        this.store = store;
        this.outcomeLog = outcomeLog;
        this.clock = clock;
        this.sleeper = sleeper;
    }

    /**
     * Runs for a schedule: the report goes to the outcome log. A run that could not finish in time is continued by the next one
     * with the same request.
     *
     * @return the report
     * @throws ReconciliationUnderWayException if another run is under way
     * @throws BridgeException as {@link #run} does; a later run continues from there
     */
    public ReconciliationReport runScheduled(String run, ReconciliationRequest request, Deadline deadline)
            throws InterruptedException {
        return runScheduled(run, request, deadline, LeaseAtEnd.RELEASED);
    }

    /**
     * The same, but a run that could not finish in time keeps its lease, for {@link RunStore#handOver handing it over} to the
     * call that continues it.
     */
    public ReconciliationReport runPart(String run, ReconciliationRequest request, Deadline deadline)
            throws InterruptedException {
        ReconciliationReport report = runScheduled(run, request, deadline, LeaseAtEnd.KEPT_IF_INTERRUPTED);
        if (report.isInterrupted()) {
            // Also if no page was settled yet: a checkpoint says that the run is not over.
            lastCheckpoint(request).get().save(store);
        }
        return report;
    }

    /** Whether a run with this request was begun and has not come to its end. */
    public boolean isUnfinished(ReconciliationRequest request) {
        return Checkpoint.saved(store, request, outcomeLog).isPresent();
    }

    private enum LeaseAtEnd {
        RELEASED,
        KEPT_IF_INTERRUPTED
    }

    private ReconciliationReport runScheduled(
            String run, ReconciliationRequest request, Deadline deadline, LeaseAtEnd lease)
            throws InterruptedException {
        ReconciliationReport report = deadline.during(
                () -> runLeased(run, request, deadline, ReconciliationListener.NONE, lastCheckpoint(request), lease));
        outcomeLog.log(
                "reconciled",
                null,
                LogFields.of("report", ReconciliationJson.report(report).toString()));
        return report;
    }

    /**
     * Runs, or continues the last run with the same request. A dry run always starts from the beginning: it is to list all
     * differences, and has written nothing that would be lost.
     *
     * @param run identifies this run for the lease
     * @param deadline when it must be over; bounds the requests to both systems as well
     * @throws ReconciliationUnderWayException if another run is under way
     * @throws BridgeException if a mapping cannot work or credentials are refused ({@link
     *     io.github.consentbridge.mapping.failure.ExitCode#USAGE}), or if a side cannot be read as long as the request is
     *     patient ({@link io.github.consentbridge.mapping.failure.ExitCode#FAILURE}); a later run continues from there
     */
    public ReconciliationReport run(
            String run, ReconciliationRequest request, Deadline deadline, ReconciliationListener listener)
            throws InterruptedException {
        Supplier<Checkpoint> start =
                request.dryRun() ? () -> Checkpoint.start(request, clock.instant()) : lastCheckpoint(request);
        return deadline.during(
                () -> runLeased(run, request, deadline, new OneAtATime(listener), start, LeaseAtEnd.RELEASED));
    }

    private Supplier<Checkpoint> lastCheckpoint(ReconciliationRequest request) {
        return () -> Checkpoint.load(store, request, clock.instant(), outcomeLog);
    }

    private ReconciliationReport runLeased(
            String run,
            ReconciliationRequest request,
            Deadline deadline,
            ReconciliationListener listener,
            Supplier<Checkpoint> start,
            LeaseAtEnd lease)
            throws InterruptedException {
        renewLease(run);
        boolean kept = false;
        try {
            RunRecorder recorder = new RunRecorder(integration, connections, listener, outcomeLog, clock);
            StopRule stopRule = new StopRule(integration.maxChangeRatio(), request);
            Patience patience =
                    new Patience(request.patience(), connections, sleeper, deadline, listener, () -> renewLease(run));
            PageWork work = new PageWork(connections, stopRule, patience, sleeper, deadline);
            refuseWhatCannotWork(work, listener);
            ReconciliationReport report = new ReconciliationRun(
                            start.get(), passes(request), work, stopRule, recorder, store, () -> renewLease(run))
                    .run();
            kept = lease == LeaseAtEnd.KEPT_IF_INTERRUPTED && report.isInterrupted();
            return report.finished() && !request.dryRun() ? report.with(repairRegistration()) : report;
        } catch (ReconciliationUnderWayException e) {
            throw e;
        } catch (RuntimeException e) {
            RunRecorder.failed(request, outcomeLog);
            throw e;
        } finally {
            if (!kept) {
                store.release(run);
            }
        }
    }

    /** Before anything is read: a mapping that cannot work would be left out, and its differences would not be seen. */
    private void refuseWhatCannotWork(PageWork work, ReconciliationListener listener) throws InterruptedException {
        if (!work.isTimeLeft()) {
            return;
        }
        listener.reading("the mapped columns and purposes");
        work.patiently(() -> {
            new MappingCheck(integration, connections).refuse();
            return true;
        });
    }

    private void renewLease(String run) {
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

    /** What was repaired, or why nothing could be, in sentences: a webhook that is switched off loses the next choices too. */
    private List<String> repairRegistration() {
        try {
            RegistrationReport report = registration.repair();
            List<String> repaired = new ArrayList<>(report.created());
            repaired.addAll(report.changed());
            repaired.addAll(report.removed());
            return repaired;
        } catch (RegistrationException | CredentialsException | RemoteException e) {
            // The people are settled all the same.
            return List.of("The webhooks were not checked: " + e.getMessage());
        }
    }
}
