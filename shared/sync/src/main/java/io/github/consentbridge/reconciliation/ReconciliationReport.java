package io.github.consentbridge.reconciliation;

import java.time.Duration;
import java.util.Optional;

/**
 * What a run came to.
 *
 * @param stopped why it was stopped before the end; empty if it was not
 * @param finished whether everything was read; if not, the next run goes on where this one ended
 * @param didomiRequests sent to Didomi
 * @param dataverseRequests sent to Dataverse
 */
public record ReconciliationReport(
        ReconciliationRequest request,
        Totals totals,
        Optional<String> stopped,
        boolean finished,
        long didomiRequests,
        long dataverseRequests,
        Duration time) {}
