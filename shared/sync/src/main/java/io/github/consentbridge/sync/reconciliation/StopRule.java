package io.github.consentbridge.sync.reconciliation;

import io.github.consentbridge.mapping.document.OrganizationUserId;
import io.github.consentbridge.sync.worker.SettledPerson;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Stops a run that would change more than ten people and more than a given share of the rows it reads: then the mapping is
 * more likely wrong than the people. Each pass is judged by its own rows: a full scan reads everyone twice, which must not
 * halve the share. A dry run writes nothing and is not stopped. Safe for use by several threads.
 */
final class StopRule {
    /** As few changes as this are looked through easily, and are a large share of very few rows. */
    private static final int MAX_FEW = 10;

    private final double maxRatio;
    private final ReconciliationRequest request;
    private final Map<Integer, Count> passes = new HashMap<>();
    private Optional<String> stopped = Optional.empty();

    /** What was counted in one pass. */
    private static final class Count {
        private long rows;
        private long changes;
    }

    /** A page in the count: its rows count once, and so does each person on it, however often it is settled. */
    static final class CountedPage {
        private final int pass;
        private final int rows;
        private boolean counted;
        private final Set<OrganizationUserId> changing = new HashSet<>();

        /** @param pass the number of its pass */
        CountedPage(int pass, int rows) {
            this.pass = pass;
            this.rows = rows;
        }
    }

    /** @param maxRatio {@code max_change_ratio} */
    StopRule(double maxRatio, ReconciliationRequest request) {
        this.maxRatio = maxRatio;
        this.request = request;
    }

    /**
     * Counts a page, and does not judge yet.
     *
     * @param people those on it who were settled, with the changes planned for them
     */
    synchronized void count(CountedPage page, List<SettledPerson> people) {
        Count count = passes.computeIfAbsent(page.pass, pass -> new Count());
        count.rows += page.counted ? 0 : page.rows;
        page.counted = true;
        people.stream()
                .filter(this::counts)
                .filter(person -> page.changing.add(person.key()))
                .forEach(person -> count.changes++);
    }

    private boolean counts(SettledPerson person) {
        return !person.changes().isEmpty() && !request.force() && !(request.initial() && !person.settledBefore());
    }

    /** Whether a page may be written, after it was counted. */
    synchronized boolean mayWrite(CountedPage page) {
        judge(page.pass);
        return !request.dryRun() && stopped.isEmpty();
    }

    /** Stops the run if what was counted in this pass so far is too much. */
    synchronized void judge(int pass) {
        Count count = passes.getOrDefault(pass, new Count());
        if (stopped.isEmpty()
                && !request.dryRun()
                && count.changes > MAX_FEW
                && count.changes > maxRatio * count.rows) {
            stopped = Optional.of(String.format(
                    Locale.ROOT,
                    "%,d of %,d rows read would change, more than max_change_ratio (%s) allows",
                    count.changes,
                    count.rows,
                    maxRatio));
        }
    }

    /** Why nothing more is written; empty if the run was not stopped. */
    synchronized Optional<String> stopped() {
        return stopped;
    }
}
