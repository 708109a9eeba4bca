package io.github.consentbridge.sync.reconciliation;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The result of a run.
 *
 * @param stopped why the stop rule ended it; empty if it did not
 * @param finished whether everything was read and settled; if not, and the run was not stopped, the next run continues it
 * @param didomiRequests sent to Didomi
 * @param dataverseRequests sent to Dataverse
 * @param registration what was repaired about the webhooks after the run, or why they could not be checked; empty if nothing
 *     was wrong, and after an unfinished or a dry run
 */
public record ReconciliationReport(
        ReconciliationRequest request,
        Totals totals,
        Optional<String> stopped,
        boolean finished,
        long didomiRequests,
        long dataverseRequests,
        Duration time,
        List<String> registration) {
    public ReconciliationReport {
        registration = List.copyOf(registration);
    }

    /** Whether the run ended before it finished and was not stopped, so that another run should continue it. */
    public boolean isInterrupted() {
        return !finished && stopped.isEmpty();
    }

    ReconciliationReport with(List<String> repaired) {
        return new ReconciliationReport(
                request, totals, stopped, finished, didomiRequests, dataverseRequests, time, repaired);
    }
}
