package io.github.consentbridge.sync.reconciliation;

import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.sync.connections.Connections;
import io.github.consentbridge.sync.logging.LogFields;
import io.github.consentbridge.sync.logging.Metric;
import io.github.consentbridge.sync.logging.OutcomeLog;
import io.github.consentbridge.sync.worker.SettledPerson;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Passes what a run finds to the listener, the outcome log and the metrics, and writes the run's report. */
final class RunRecorder {
    private final Integration integration;
    private final Connections connections;
    private final ReconciliationListener listener;
    private final OutcomeLog outcomeLog;
    private final Clock clock;
    private final Instant start;
    private final long didomiRequestsBefore;
    private final long dataverseRequestsBefore;

    /** Starts to count time and requests. */
    RunRecorder(
            Integration integration,
            Connections connections,
            ReconciliationListener listener,
            OutcomeLog outcomeLog,
            Clock clock) {
        this.integration = integration;
        this.connections = connections;
        this.listener = listener;
        this.outcomeLog = outcomeLog;
        this.clock = clock;
        this.start = clock.instant();
        this.didomiRequestsBefore = connections.requestsToDidomi();
        this.dataverseRequestsBefore = connections.requestsToDataverse();
    }

    /** Records what was found of these people, and returns it as numbers. */
    Totals people(List<SettledPerson> people) {
        return people.stream().map(this::person).reduce(Totals.NONE, Totals::plus);
    }

    private Totals person(SettledPerson person) {
        List<Difference> found = Difference.of(person, integration);
        for (Difference difference : found) {
            listener.found(difference);
            outcomeLog.count(Metric.DRIFT, difference.side(), 1);
        }
        List<Unresolved> unresolved = Unresolved.of(person);
        unresolved.forEach(each -> unresolved(person, each));
        person.failure().ifPresent(reason -> failed(person, reason));
        long applied = found.stream().filter(Difference::applied).count();
        boolean onlyInDidomi = person.inDidomi() && !person.hasContact() && applied == 0 && person.person() != null;
        if (onlyInDidomi) {
            listener.onlyIn(Side.DIDOMI, person.key().value());
        }
        return new Totals(
                0,
                0,
                found.size(),
                applied,
                onlyInDidomi ? 1 : 0,
                0,
                unresolved.size(),
                person.failure().isPresent() ? 1 : 0,
                0);
    }

    private void unresolved(SettledPerson person, Unresolved unresolved) {
        outcomeLog.log(
                "unresolved difference",
                person.key(),
                LogFields.of("mapping", unresolved.mapping()).and("why", unresolved.reason()));
        listener.unresolved(unresolved);
    }

    private void failed(SettledPerson person, String reason) {
        outcomeLog.log("not reconciled", person.key(), LogFields.of("why", reason));
        listener.failed(person.key().value(), reason);
    }

    /** Records contacts whose key no Didomi user has, and returns their number. */
    Totals onlyInDynamics(List<String> keys) {
        keys.forEach(key -> listener.onlyIn(Side.DYNAMICS, key));
        return new Totals(0, 0, 0, 0, 0, keys.size(), 0, 0, 0);
    }

    void progress(Totals totals, long expected) {
        listener.progress(totals, expected);
    }

    /** The report. A finished run that wrote is counted: an alarm rings when runs fail, stop or never start. */
    ReconciliationReport report(Checkpoint end, Optional<String> stopped, boolean finished) {
        if (finished && !end.request().dryRun()) {
            outcomeLog.count(Metric.RECONCILED, Side.DYNAMICS, 1);
        }
        return new ReconciliationReport(
                end.request(),
                end.totals(),
                stopped,
                finished,
                connections.requestsToDidomi() - didomiRequestsBefore,
                connections.requestsToDataverse() - dataverseRequestsBefore,
                Duration.between(start, clock.instant()),
                List.of());
    }
}
