package io.github.consentbridge.sync.reconciliation;

import io.github.consentbridge.sync.logging.LogFields;
import io.github.consentbridge.sync.logging.OutcomeLog;
import io.github.consentbridge.sync.worker.SettledPerson;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Stops a run that would change more than a given share of the rows it reads: then the mapping is more likely wrong than the
 * people. A dry run writes nothing and is not stopped. Safe for use by several threads.
 */
final class StopRule {
    /** With fewer rows, a share means little. */
    private static final int MIN_ROWS = 200;

    private final double maxRatio;
    private final ReconciliationRequest request;
    private final OutcomeLog outcomeLog;
    private long rows;
    private long changes;
    private Optional<String> stopped = Optional.empty();

    /** @param maxRatio {@code max_change_ratio} */
    StopRule(double maxRatio, ReconciliationRequest request, OutcomeLog outcomeLog) {
        this.maxRatio = maxRatio;
        this.request = request;
        this.outcomeLog = outcomeLog;
    }

    /**
     * Counts a page before it is written.
     *
     * @param read how many rows it has
     * @param people those on it who were settled, with the changes planned for them
     */
    synchronized void count(int read, List<SettledPerson> people) {
        if (stopped.isPresent()) {
            return;
        }
        rows += read;
        changes += people.stream().filter(this::counts).count();
        if (rows >= MIN_ROWS && changes > maxRatio * rows) {
            String reason = reason();
            outcomeLog.log("reconciliation stopped", null, LogFields.of("why", reason));
            stopped = request.dryRun() ? Optional.empty() : Optional.of(reason);
        }
    }

    private boolean counts(SettledPerson person) {
        return !person.changes().isEmpty() && !request.force() && !(request.initial() && !person.known());
    }

    private String reason() {
        return String.format(
                Locale.ROOT,
                "%,d of %,d rows read would change, more than max_change_ratio (%s) allows: look at the"
                        + " differences; --force lifts the limit, --initial lifts it for people without a ledger"
                        + " entry",
                changes,
                rows,
                maxRatio);
    }

    /** Whether the pages counted so far may be written. */
    synchronized boolean mayWrite() {
        return !request.dryRun() && stopped.isEmpty();
    }

    /** Why nothing more is written; empty if the run was not stopped. */
    synchronized Optional<String> stopped() {
        return stopped;
    }
}
