package io.github.consentbridge.reconciliation;

import io.github.consentbridge.mapping.Integration;
import io.github.consentbridge.mapping.Mapping;
import io.github.consentbridge.remote.Deadline;
import io.github.consentbridge.remote.RemoteException;
import io.github.consentbridge.remote.RetryPolicy.Sleeper;
import io.github.consentbridge.settle.Side;
import io.github.consentbridge.sync.Connections;
import io.github.consentbridge.sync.Facts;
import io.github.consentbridge.sync.Fate;
import io.github.consentbridge.sync.Journal;
import io.github.consentbridge.sync.Metric;
import io.github.consentbridge.sync.PageSettler;
import io.github.consentbridge.sync.SettledPerson;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads both sides page by page and settles everybody by the same rule as the queue worker. The place where to go on is
 * saved once a page is settled, never before, so a run that ends in the middle is taken up by the next one and nothing is
 * skipped. One page is held at a time, whatever the number of people.
 */
public final class Reconciliation {
    /** Longer than any page takes, short enough not to keep the next run waiting for a dead one. */
    private static final Duration LEASE = Duration.ofMinutes(10);

    /** With less time than this, no further page is begun. */
    private static final Duration LEAST_TIME = Duration.ofSeconds(30);

    /** A system that is not to be had for so many pauses is not waited for any longer. */
    private static final int MOST_WAITS = 100;

    private static final int MOST_GUESSED_WAITS = 5;

    /** Where a system does not say when to come again. */
    private static final Duration GUESSED_WAIT = Duration.ofMinutes(1);

    private final Integration integration;
    private final Connections connections;
    private final PageSettler settler;
    private final RunStore store;
    private final Journal journal;
    private final Clock clock;
    private final Sleeper sleeper;
    private final Differences differences;

    /** @param sleeper waits while a system is paused */
    public Reconciliation(
            Integration integration,
            Connections connections,
            PageSettler settler,
            RunStore store,
            Journal journal,
            Clock clock,
            Sleeper sleeper) {
        this.integration = integration;
        this.connections = connections;
        this.settler = settler;
        this.store = store;
        this.journal = journal;
        this.clock = clock;
        this.sleeper = sleeper;
        this.differences = new Differences(integration);
    }

    /**
     * Runs, or goes on with the same request where the last run ended.
     *
     * @param run names this run for the lease
     * @throws ReconciliationUnderWayException if another run is under way
     * @throws RemoteException if a side cannot be read; a later run goes on from there
     */
    public ReconciliationReport run(
            String run, ReconciliationRequest request, Deadline deadline, ReconciliationListener listener)
            throws InterruptedException {
        renew(run);
        try {
            return new Run(run, request, deadline, listener).run();
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

    private List<Pass> passes(Scan scan) {
        List<Pass> passes = new ArrayList<>();
        if (scan.readsDidomi()) {
            integration.mappings().stream()
                    .map(Mapping::regulation)
                    .distinct()
                    .forEach(regulation -> passes.add(new DidomiPass(connections, settler, regulation)));
        }
        if (scan.readsDynamics()) {
            passes.add(new DynamicsPass(connections, settler, store, scan == Scan.FULL, clock));
        }
        return passes;
    }

    private final class Run {
        private final String run;
        private final ReconciliationRequest request;
        private final Deadline deadline;
        private final ReconciliationListener listener;
        private final StopRule rule;
        private final Instant start = clock.instant();
        private final RequestCount requests = new RequestCount(connections);
        private Optional<String> stopped = Optional.empty();

        Run(String run, ReconciliationRequest request, Deadline deadline, ReconciliationListener listener) {
            this.run = run;
            this.request = request;
            this.deadline = deadline;
            this.listener = listener;
            this.rule = new StopRule(integration.maxChangeRatio(), request);
        }

        ReconciliationReport run() throws InterruptedException {
            String name = "run:" + request.scan().word() + (request.dryRun() ? ":dry" : "");
            Checkpoint at = store.load(name)
                    .map(Checkpoint::read)
                    .filter(saved -> saved.request().equals(request))
                    .orElse(Checkpoint.start(request));
            List<Pass> passes = passes(request.scan());
            while (at.pass() < passes.size() && stopped.isEmpty()) {
                if (deadline.remaining().compareTo(LEAST_TIME) < 0) {
                    return report(at, false);
                }
                at = afterPage(passes.get(at.pass()), at);
                store.save(name, at.json());
                renew(run);
                listener.progress(at.totals());
            }
            store.save(name, null);
            if (stopped.isEmpty() && !request.dryRun()) {
                // What an alarm misses when runs fail, stop or never begin.
                journal.count(Metric.RECONCILED, Side.DYNAMICS, 1);
            }
            return report(at, stopped.isEmpty());
        }

        private Checkpoint afterPage(Pass pass, Checkpoint at) throws InterruptedException {
            Page page = read(pass, at);
            Totals found = page.read().plus(settle(page));
            if (stopped.isPresent()) {
                return at.at(at.position(), found);
            }
            if (page.next().isPresent()) {
                return at.at(page.next().get(), found);
            }
            if (!request.dryRun()) {
                page.passDone();
            }
            return at.nextPass(found);
        }

        private Page read(Pass pass, Checkpoint at) throws InterruptedException {
            int patience = MOST_WAITS;
            while (true) {
                try {
                    return pass.read(at.position());
                } catch (RemoteException e) {
                    if (connections.refreshAfter(e)) {
                        continue;
                    }
                    // Whoever says for how long may be waited for longer.
                    patience -= e.retryAfter().isPresent() ? 1 : MOST_WAITS / MOST_GUESSED_WAITS;
                    if (!isPassing(e) || patience <= 0) {
                        throw e;
                    }
                    sleeper.sleep(e.retryAfter().orElse(GUESSED_WAIT));
                }
            }
        }

        private static boolean isPassing(RemoteException failure) {
            return failure.kind() == RemoteException.Kind.THROTTLED
                    || failure.kind() == RemoteException.Kind.UNAVAILABLE;
        }

        private Totals settle(Page page) throws InterruptedException {
            Set<String> told = new HashSet<>();
            Totals found = Totals.NONE;
            for (int waits = 0; ; waits++) {
                boolean first = waits == 0;
                List<SettledPerson> people = page.settle(deadline, plan -> mayWrite(page.size(), plan, first));
                Optional<Duration> pause = Optional.empty();
                for (SettledPerson person : people) {
                    if (person.fate() instanceof Fate.Postponed postponed && waits < MOST_WAITS) {
                        pause = Optional.of(postponed.delay());
                    } else if (told.add(person.key().value())) {
                        found = found.plus(tell(person));
                    }
                }
                if (pause.isEmpty() || deadline.remaining().compareTo(LEAST_TIME) < 0) {
                    return found;
                }
                sleeper.sleep(pause.get());
            }
        }

        private boolean mayWrite(int rows, List<SettledPerson> plan, boolean first) {
            if (first && stopped.isEmpty()) {
                Optional<String> tooMany = rule.afterPage(rows, plan);
                stopped = request.dryRun() ? Optional.empty() : tooMany;
                tooMany.ifPresent(reason -> journal.tell("reconciliation stopped", null, Facts.of("why", reason)));
            }
            return !request.dryRun() && stopped.isEmpty();
        }

        private Totals tell(SettledPerson person) {
            List<Difference> found = differences.of(person);
            found.forEach(listener::found);
            person.failure().ifPresent(reason -> failed(person, reason));
            long applied = found.stream().filter(Difference::applied).count();
            found.forEach(difference -> journal.count(Metric.DRIFT, difference.side(), 1));
            boolean onlyInDidomi = person.inDidomi() && !person.hasContact() && applied == 0 && person.person() != null;
            return new Totals(
                    0,
                    0,
                    found.size(),
                    applied,
                    onlyInDidomi ? 1 : 0,
                    0,
                    person.failure().isPresent() ? 1 : 0);
        }

        private void failed(SettledPerson person, String reason) {
            journal.tell("not reconciled", person.key(), Facts.of("why", reason));
            listener.failed(person.key().value(), reason);
        }

        private ReconciliationReport report(Checkpoint at, boolean finished) {
            return new ReconciliationReport(
                    request,
                    at.totals(),
                    stopped,
                    finished,
                    requests.toDidomi(),
                    requests.toDataverse(),
                    Duration.between(start, clock.instant()));
        }
    }
}
