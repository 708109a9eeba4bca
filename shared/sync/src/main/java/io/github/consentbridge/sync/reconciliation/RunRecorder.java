package io.github.consentbridge.sync.reconciliation;

import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.sync.logging.LogFields;
import io.github.consentbridge.sync.logging.Metric;
import io.github.consentbridge.sync.logging.OutcomeLog;
import io.github.consentbridge.sync.worker.SettledPerson;
import java.util.List;

/** Tells and counts what a run finds. */
final class RunRecorder {
    private final Differences differences;
    private final ReconciliationListener listener;
    private final OutcomeLog outcomeLog;

    RunRecorder(Differences differences, ReconciliationListener listener, OutcomeLog outcomeLog) {
        this.differences = differences;
        this.listener = listener;
        this.outcomeLog = outcomeLog;
    }

    Totals tell(List<SettledPerson> people) {
        return people.stream().map(this::tell).reduce(Totals.NONE, Totals::plus);
    }

    /** Tells of contacts whose key no Didomi user has. */
    void onlyInDynamics(List<String> keys) {
        keys.forEach(key -> listener.onlyIn(Side.DYNAMICS, key));
    }

    private Totals tell(SettledPerson person) {
        List<Difference> found = differences.of(person);
        found.forEach(listener::found);
        found.forEach(difference -> outcomeLog.count(Metric.DRIFT, difference.side(), 1));
        List<Unresolved> unresolved = differences.unresolved(person);
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
                person.failure().isPresent() ? 1 : 0);
    }

    private void unresolved(SettledPerson person, Unresolved unresolved) {
        outcomeLog.tell(
                "unresolved difference",
                person.key(),
                LogFields.of("mapping", unresolved.mapping()).and("why", unresolved.reason()));
        listener.unresolved(unresolved);
    }

    private void failed(SettledPerson person, String reason) {
        outcomeLog.tell("not reconciled", person.key(), LogFields.of("why", reason));
        listener.failed(person.key().value(), reason);
    }

    void progress(Totals totals, long expected) {
        listener.progress(totals, expected);
    }

    /** Counts a run that came to its end: an alarm misses it when runs fail, stop or never begin. */
    void finished() {
        outcomeLog.count(Metric.RECONCILED, Side.DYNAMICS, 1);
    }
}
