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
import java.util.Locale;
import java.util.Optional;

/** Passes what a run finds to the listener, the outcome log and the metrics, and writes the run's report. */
final class RunRecorder {
    private final Integration integration;
    private final Connections connections;
    private final ReconciliationListener listener;
    private final OutcomeLog outcomeLog;
    private final Clock clock;
    private final Instant start;
    private final ListedFacts listed = new ListedFacts();
    private String subject = "";
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
        String key = person.key().value();
        long found = 0;
        long applied = 0;
        for (Difference difference : Difference.of(person, integration)) {
            found += found(difference);
            applied += difference.applied() ? 1 : 0;
        }
        List<Unresolved> unresolved = Unresolved.of(person).stream()
                .filter(each -> listed.add("unresolved", key, each.mapping()))
                .toList();
        unresolved.forEach(each -> unresolved(person, each));
        boolean failed = person.failure().isPresent() && listed.add("failed", key);
        if (failed) {
            failed(person, person.failure().orElseThrow());
        }
        return new Totals(
                0,
                0,
                found,
                applied,
                onlyInDidomi(person, applied > 0) ? 1 : 0,
                0,
                unresolved.size(),
                failed ? 1 : 0,
                0);
    }

    /** Lists a difference, unless an earlier pass has; returns how many it adds. One that is repaired by now is listed. */
    private int found(Difference difference) {
        String[] fact = {
            "found", difference.key(), difference.mapping(), difference.side().word()
        };
        boolean known = listed.contains(fact);
        if (known && !difference.applied()) {
            return 0;
        }
        if (!difference.applied()) {
            listed.add(fact);
        }
        listener.found(difference);
        if (!known) {
            outcomeLog.count(Metric.DRIFT, difference.side(), 1);
        }
        return known ? 0 : 1;
    }

    private boolean onlyInDidomi(SettledPerson person, boolean created) {
        String key = person.key().value();
        boolean only = person.inDidomi() && !person.hasContact() && !created && person.person() != null;
        if (!only || !listed.add("only", key)) {
            return false;
        }
        listener.onlyIn(Side.DIDOMI, key);
        return true;
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

    void reading(Pass pass) {
        if (!pass.subject().equals(subject)) {
            subject = pass.subject();
            listener.reading(subject);
        }
    }

    void progress(Totals totals, long expected) {
        listener.progress(totals, expected);
    }

    /** The report. A finished run that wrote is counted: an alarm rings when runs fail, stop or never start. */
    ReconciliationReport report(Checkpoint end, Optional<String> tooMuch, boolean finished) {
        Optional<String> stopped = tooMuch.map(numbers -> stopped(numbers, end.totals()));
        stopped.ifPresent(why -> {
            outcomeLog.log("reconciliation stopped", null, LogFields.of("why", why));
            failed(end.request(), outcomeLog);
        });
        if (finished && !end.request().dryRun()) {
            outcomeLog.countScan(Metric.RECONCILED, end.request().scan().word());
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

    /** Counts a run that failed or was stopped; a dry run repairs nothing in any case. */
    static void failed(ReconciliationRequest request, OutcomeLog outcomeLog) {
        if (!request.dryRun()) {
            outcomeLog.countScan(Metric.RECONCILIATIONS_FAILED, request.scan().word());
        }
    }

    private static String stopped(String numbers, Totals totals) {
        String written = totals.changed() == 0
                ? "nothing was written"
                : String.format(Locale.ROOT, "%,d differences had been repaired before", totals.changed());
        return numbers + "; " + written
                + ". Look at the differences; --force lifts the limit, --initial lifts it for people"
                + " who were never settled";
    }
}
