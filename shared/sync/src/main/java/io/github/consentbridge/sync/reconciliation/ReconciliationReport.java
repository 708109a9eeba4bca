package io.github.consentbridge.sync.reconciliation;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a run came to.
 *
 * @param stopped why it was stopped before the end; empty if it was not
 * @param finished whether everything was read; if not, the next run goes on where this one ended
 * @param didomiRequests sent to Didomi
 * @param dataverseRequests sent to Dataverse
 * @param registration what was set right about the webhooks after the run, or why they could not be looked at; empty where
 *     all was right, and after a run that did not come to its end or was dry
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

    ReconciliationReport with(List<String> healed) {
        return new ReconciliationReport(
                request, totals, stopped, finished, didomiRequests, dataverseRequests, time, healed);
    }
}
