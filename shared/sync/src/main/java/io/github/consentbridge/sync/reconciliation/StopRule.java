package io.github.consentbridge.sync.reconciliation;

import io.github.consentbridge.sync.worker.SettledPerson;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Stops a run that would change more than a share of what it reads: then the mapping is wrong, not the people. */
final class StopRule {
    /** Before so many rows a share says little. */
    private static final int MIN_ROWS = 200;

    private final double most;
    private final ReconciliationRequest request;
    private long rows;
    private long changes;

    /** @param most {@code max_change_ratio} */
    StopRule(double most, ReconciliationRequest request) {
        this.most = most;
        this.request = request;
    }

    /**
     * Counts a page; says why it must not be written, in one sentence, or nothing.
     *
     * @param read how many rows it has
     * @param people whom it was worth to look at
     */
    Optional<String> afterPage(int read, List<SettledPerson> people) {
        rows += read;
        changes += people.stream().filter(this::counts).count();
        boolean tooMany = rows >= MIN_ROWS && changes > most * rows;
        return tooMany
                ? Optional.of(String.format(
                        Locale.ROOT,
                        "%,d of %,d rows read would change, more than max_change_ratio (%s) allows: look at the"
                                + " differences; --force lifts the limit, --initial lifts it for people without a ledger"
                                + " entry",
                        changes,
                        rows,
                        most))
                : Optional.empty();
    }

    private boolean counts(SettledPerson person) {
        return !person.changes().isEmpty() && !request.force() && !(request.initial() && !person.known());
    }
}
