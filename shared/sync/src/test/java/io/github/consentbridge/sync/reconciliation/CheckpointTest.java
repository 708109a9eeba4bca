package io.github.consentbridge.sync.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.consentbridge.sync.logging.RecordingOutcomeLog;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which saved checkpoints a run continues. */
class CheckpointTest {

    @Test
    void savedCheckpointIsReadBack() throws JsonProcessingException {
        Checkpoint saved = new Checkpoint(
                new ReconciliationRequest(Scan.FULL, true, false, false),
                1,
                "cursor",
                new Totals(1, 2, 3, 4, 5, 6, 7, 8, 9),
                Instant.parse("2026-03-01T08:00:00Z"));

        assertThat(Checkpoint.read(saved.json())).isEqualTo(saved);
        assertThat(saved.json())
                .contains("{\"scan\":\"full\",\"dry_run\":true,\"initial\":false,\"force\":false,"
                        + "\"patience_seconds\":600}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"request\":{\"scan\":\"FULL\",\"dryRun\":false,\"initial\":false,\"force\":false},\"pass\":1,"
                        + "\"position\":\"cursor\",\"totals\":{},\"begun\":\"2026-03-01T08:00:00Z\"}",
                "{\"request\":{\"scan\":\"full\"},\"pass\":1}",
                "[]",
                "not JSON"
            })
    void checkpointInAnotherFormIsIgnoredAndLogged(String saved) {
        RunStore runs = new MemoryRunStore();
        ReconciliationRequest request = new ReconciliationRequest(Scan.FULL, false, false, false);
        RecordingOutcomeLog outcomeLog = new RecordingOutcomeLog();
        runs.save("run:full", saved);

        Checkpoint checkpoint = Checkpoint.load(runs, request, Instant.EPOCH, outcomeLog);

        assertThat(checkpoint).isEqualTo(Checkpoint.start(request, Instant.EPOCH));
        assertThat(outcomeLog.recorded)
                .singleElement()
                .asString()
                .startsWith("checkpoint ignored")
                .contains("run:full");
    }

    @Test
    void checkpointOfAnotherRequestIsNotContinued() {
        RunStore runs = new MemoryRunStore();
        ReconciliationRequest forced = new ReconciliationRequest(Scan.FULL, false, false, true);
        Checkpoint.start(forced, Instant.EPOCH).nextPage("cursor").save(runs);
        ReconciliationRequest request = new ReconciliationRequest(Scan.FULL, false, false, false);

        Checkpoint checkpoint = Checkpoint.load(runs, request, Instant.EPOCH, new RecordingOutcomeLog());

        assertThat(checkpoint.position()).isNull();
    }
}
