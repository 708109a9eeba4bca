package io.github.consentbridge.sync.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.consentbridge.connectors.http.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The lease of a run, and runs that a schedule starts. */
class ReconciliationTest {
    private static final ReconciliationRequest REQUEST = new ReconciliationRequest(Scan.DIDOMI, false, false, false);

    private final Pairs pairs = new Pairs(10);
    private final List<ReconciliationRequest> continued = new ArrayList<>();

    @AfterEach
    void stop() {
        pairs.close();
    }

    private ReconciliationReport runScheduled(Deadline deadline) throws InterruptedException {
        return pairs.reconciliation().runScheduled("run", REQUEST, deadline, continued::add);
    }

    @Test
    void twoRunsAtOnceAreRefused() {
        pairs.store.lease(
                "other",
                pairs.systems.clock.instant(),
                pairs.systems.clock.instant().plusSeconds(60));

        assertThatThrownBy(() -> pairs.run(REQUEST, Deadline.none()))
                .hasMessageContaining("another reconciliation is running");
    }

    @Test
    void scheduledRunThatTheDeadlineEndsIsContinued() throws InterruptedException {
        ReconciliationReport report = runScheduled(() -> Duration.ofSeconds(1));

        assertThat(report.isInterrupted()).isTrue();
        assertThat(continued).containsExactly(REQUEST);
    }

    @Test
    void continuationFindsTheLeaseReleased() throws InterruptedException {
        pairs.reconciliation().runScheduled("first", REQUEST, () -> Duration.ofSeconds(1), request -> {
            continued.add(request);
            assertThat(pairs.store.lease("second", pairs.systems.clock.instant(), pairs.systems.clock.instant()))
                    .isTrue();
        });

        assertThat(continued).hasSize(1);
    }

    @Test
    void finishedScheduledRunIsLoggedAndNotContinued() throws InterruptedException {
        ReconciliationReport report = runScheduled(Deadline.none());

        assertThat(report.finished()).isTrue();
        assertThat(continued).isEmpty();
        assertThat(pairs.systems.outcomeLog.recorded).anyMatch(line -> line.startsWith("reconciled "));
    }
}
