package io.github.consentbridge.sync.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.consentbridge.connectors.http.Deadline;
import io.github.consentbridge.connectors.http.RemoteException;
import io.github.consentbridge.simulators.http.Fault;
import io.github.consentbridge.simulators.http.RouteKind;
import io.github.consentbridge.sync.logging.Metric;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The lease of a run, and runs that a schedule starts. */
class ReconciliationTest {
    private static final ReconciliationRequest REQUEST = new ReconciliationRequest(Scan.DIDOMI, false, false, false);

    private final Pairs pairs = new Pairs(10);

    @AfterEach
    void stop() {
        pairs.close();
    }

    private ReconciliationReport runScheduled(Deadline deadline) throws InterruptedException {
        return pairs.reconciliation().runScheduled("run", REQUEST, deadline);
    }

    private boolean canBeLeased(String run) {
        return pairs.store.lease(
                run,
                pairs.systems.clock.instant(),
                pairs.systems.clock.instant().plus(Reconciliation.LEASE));
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
    void scheduledRunThatTheDeadlineEndsGivesUpItsLease() throws InterruptedException {
        ReconciliationReport report = runScheduled(() -> Duration.ofSeconds(1));

        assertThat(report.isInterrupted()).isTrue();
        assertThat(canBeLeased("another")).isTrue();
    }

    @Test
    void partThatTheDeadlineEndsKeepsTheLease() throws InterruptedException {
        pairs.reconciliation().runPart("first", REQUEST, () -> Duration.ofSeconds(1));

        assertThat(canBeLeased("another")).isFalse();
        assertThat(canBeLeased("first")).isTrue();
        assertThat(pairs.reconciliation().isUnfinished(REQUEST)).isTrue();
    }

    @Test
    void partThatComesToTheEndReleasesTheLease() throws InterruptedException {
        pairs.reconciliation().runPart("first", REQUEST, Deadline.none());

        assertThat(canBeLeased("another")).isTrue();
        assertThat(pairs.reconciliation().isUnfinished(REQUEST)).isFalse();
    }

    @Test
    void partThatFailsReleasesTheLeaseAndIsCounted() {
        pairs.systems.didomi.faults().always(RouteKind.READ_USERS, Fault.status(403));

        assertThatThrownBy(() -> pairs.reconciliation().runPart("first", REQUEST, Deadline.none()))
                .isInstanceOf(RemoteException.class);

        assertThat(canBeLeased("another")).isTrue();
        assertThat(pairs.systems.outcomeLog.total(Metric.RECONCILIATIONS_FAILED))
                .isEqualTo(1);
    }

    @Test
    void finishedScheduledRunIsLogged() throws InterruptedException {
        ReconciliationReport report = runScheduled(Deadline.none());

        assertThat(report.finished()).isTrue();
        assertThat(pairs.systems.outcomeLog.recorded).anyMatch(line -> line.startsWith("reconciled "));
    }
}
