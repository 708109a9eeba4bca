package io.github.consentbridge.reconciliation;

import io.github.consentbridge.settle.Side;
import io.github.consentbridge.sync.Facts;
import io.github.consentbridge.sync.Journal;
import io.github.consentbridge.sync.Metric;
import io.github.consentbridge.sync.SettledPerson;
import java.util.List;

/** Tells and counts what a run finds. */
final class Findings {
    private final Differences differences;
    private final ReconciliationListener listener;
    private final Journal journal;

    Findings(Differences differences, ReconciliationListener listener, Journal journal) {
        this.differences = differences;
        this.listener = listener;
        this.journal = journal;
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
        found.forEach(difference -> journal.count(Metric.DRIFT, difference.side(), 1));
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
        journal.tell(
                "unresolved difference",
                person.key(),
                Facts.of("mapping", unresolved.mapping()).and("why", unresolved.reason()));
        listener.unresolved(unresolved);
    }

    private void failed(SettledPerson person, String reason) {
        journal.tell("not reconciled", person.key(), Facts.of("why", reason));
        listener.failed(person.key().value(), reason);
    }

    void progress(Totals totals, long expected) {
        listener.progress(totals, expected);
    }

    /** Counts a run that came to its end: an alarm misses it when runs fail, stop or never begin. */
    void finished() {
        journal.count(Metric.RECONCILED, Side.DYNAMICS, 1);
    }
}
