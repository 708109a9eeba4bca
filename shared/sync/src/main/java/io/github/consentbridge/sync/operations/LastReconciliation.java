package io.github.consentbridge.sync.operations;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.consentbridge.sync.reconciliation.ReconciliationReport;
import io.github.consentbridge.sync.reconciliation.ReconciliationRequest;
import io.github.consentbridge.sync.reconciliation.ReconciliationUnderWayException;
import io.github.consentbridge.sync.reconciliation.RunStore;
import io.github.consentbridge.sync.reconciliation.Scan;
import io.github.consentbridge.sync.storage.StorageException;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * How the last reconciliation that could write has ended, whoever started it; kept across restarts.
 *
 * @param finishedAt when it ended, however it did
 */
public record LastReconciliation(Instant finishedAt, Scan scan, Result result) {
    private static final String NAME = "last_reconciliation";
    private static final JsonMapper MAPPER = new JsonMapper();

    /** How a run ends. */
    public enum Result {
        /** Everything was read and settled. */
        DONE,
        /** The stop rule ended it. */
        STOPPED,
        /** Its time was over; the next run continues it. */
        INTERRUPTED,
        /** A system or our own store failed; the next run continues it. */
        FAILED;

        /** As in JSON. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A run that is still to be made. */
    @FunctionalInterface
    public interface Run {
        ReconciliationReport run() throws InterruptedException;
    }

    /**
     * Makes a run and keeps how it ended, unless it is a dry run or another run is under way. Throws what the run throws.
     */
    public static ReconciliationReport recorded(Host host, ReconciliationRequest request, Run run)
            throws InterruptedException {
        return recorded(host.runs(), host.clock(), request, run);
    }

    /** The same, where only the state of the runs is at hand. */
    public static ReconciliationReport recorded(RunStore runs, Clock clock, ReconciliationRequest request, Run run)
            throws InterruptedException {
        if (request.dryRun()) {
            return run.run();
        }
        try {
            ReconciliationReport report = run.run();
            save(runs, clock, request, resultOf(report));
            return report;
        } catch (ReconciliationUnderWayException e) {
            throw e;
        } catch (RuntimeException e) {
            saveFailure(runs, clock, request, e);
            throw e;
        }
    }

    private static Result resultOf(ReconciliationReport report) {
        if (report.stopped().isPresent()) {
            return Result.STOPPED;
        }
        return report.isInterrupted() ? Result.INTERRUPTED : Result.DONE;
    }

    private static void saveFailure(RunStore runs, Clock clock, ReconciliationRequest request, RuntimeException cause) {
        try {
            save(runs, clock, request, Result.FAILED);
        } catch (StorageException e) {
            // The run's own failure is the one to report.
            cause.addSuppressed(e);
        }
    }

    private static void save(RunStore runs, Clock clock, ReconciliationRequest request, Result result) {
        String json = MAPPER.createObjectNode()
                .put("finished_at", clock.instant().toString())
                .put("scan", request.scan().name())
                .put("result", result.name())
                .toString();
        runs.save(NAME, json);
    }

    /** The last one; empty if there was none, or none since a version that did not keep it. */
    public static Optional<LastReconciliation> load(RunStore runs) {
        return runs.load(NAME).map(LastReconciliation::parse);
    }

    private static LastReconciliation parse(String json) {
        try {
            JsonNode node = MAPPER.readTree(json);
            return new LastReconciliation(
                    Instant.parse(node.required("finished_at").asText()),
                    Scan.valueOf(node.required("scan").asText()),
                    Result.valueOf(node.required("result").asText()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what we have written ourselves cannot be read", e);
        }
    }
}
