package io.github.consentbridge.sync.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.consentbridge.connectors.http.Deadline;
import io.github.consentbridge.simulators.http.Fault;
import io.github.consentbridge.simulators.http.RouteKind;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The stop rule judges what a run would change before the run writes it, in small scans too. */
class PlanFirstTest {
    private static final ReconciliationRequest REAL = new ReconciliationRequest(Scan.FULL, false, false, false);
    private static final ReconciliationRequest INITIAL = new ReconciliationRequest(Scan.FULL, false, true, false);

    private Pairs pairs;

    @AfterEach
    void stop() {
        pairs.close();
    }

    private void pairs(int count) {
        pairs = new Pairs(count);
    }

    /** These people choose, and Didomi's webhook is lost. */
    private void differ(int from, int to) {
        for (int number = from; number < to; number++) {
            pairs.choose(number, "offers", true);
        }
        pairs.systems.clock.advance(Duration.ofMinutes(1));
    }

    private ReconciliationReport run(ReconciliationRequest request) {
        pairs.found.clear();
        return pairs.run(request, Deadline.none());
    }

    private long written() {
        return pairs.systems.dataverse.counters().rowsWritten()
                + pairs.systems.didomi.counters().eventsCreated();
    }

    private long repaired() {
        return pairs.contacts.stream()
                .filter(contact -> Boolean.TRUE.equals(
                        pairs.systems.dataverse.contact(contact).get("new_offers")))
                .count();
    }

    @ParameterizedTest
    @EnumSource(names = {"DIDOMI", "FULL"})
    void smallScanThatWouldChangeTooManyStopsBeforeItWrites(Scan scan) {
        pairs(150);
        differ(0, 104);
        long before = written();
        long saves = pairs.systems.ledger.saves();

        ReconciliationReport report = run(new ReconciliationRequest(scan, false, false, false));

        assertThat(written()).isEqualTo(before);
        assertThat((long) pairs.systems.ledger.saves()).isEqualTo(saves);
        assertThat(report.stopped())
                .hasValueSatisfying(
                        reason -> assertThat(reason).contains("104 of 150 rows").contains("nothing was written"));
        assertThat(report.totals().differences()).isEqualTo(104);
        assertThat(report.totals().changed()).isZero();
        assertThat(pairs.found).hasSize(104).noneMatch(Difference::applied);
    }

    @Test
    void staffsChangesOfASmallScanOfDynamicsStopTheRunToo() {
        pairs(60);
        run(new ReconciliationRequest(Scan.DYNAMICS, false, false, false));
        for (int number = 0; number < 20; number++) {
            pairs.edit(number, "new_offers", true);
        }
        long before = written();

        ReconciliationReport report = run(new ReconciliationRequest(Scan.DYNAMICS, false, false, false));

        assertThat(written()).isEqualTo(before);
        assertThat(report.stopped()).isPresent();
    }

    @Test
    void upToTenChangesAreNeverTooMany() {
        pairs(10);
        differ(0, 10);

        ReconciliationReport report = run(REAL);

        assertThat(report.stopped()).isEmpty();
        assertThat(report.totals().changed()).isEqualTo(10);
        assertThat(repaired()).isEqualTo(10);
    }

    @Test
    void pagesThatAreSmallerThanThePlanAreNotWrittenBeforeIt() {
        pairs(400);
        // Didomi's pages come one by one, and the first ones differ least.
        pairs.systems.didomi.faults().next(RouteKind.READ_USERS, Fault.none(), Fault.status(400));
        differ(80, 200);
        long before = written();

        ReconciliationReport report = run(REAL);

        assertThat(report.stopped()).isPresent();
        assertThat(written()).isEqualTo(before);
    }

    @Test
    void laterPagesAreJudgedBeforeTheyAreWrittenAndTheReportSaysWhatWas() {
        pairs(3000);
        differ(0, 30);
        differ(1000, 3000);

        ReconciliationReport report = run(REAL);

        assertThat(report.stopped()).isPresent();
        assertThat(report.totals().changed()).isEqualTo(repaired()).isBetween(30L, 1200L);
        assertThat(report.stopped().get()).contains(String.format("%,d differences had been repaired", repaired()));
        assertThat(pairs.found.stream().filter(Difference::applied).count()).isEqualTo(repaired());
    }

    @Test
    void dryRunIsNotStoppedAndLogsNoStop() {
        pairs(600);
        differ(0, 500);

        ReconciliationReport report = run(new ReconciliationRequest(Scan.DIDOMI, true, false, false));

        assertThat(report.stopped()).isEmpty();
        assertThat(report.totals().differences()).isEqualTo(500);
        assertThat(pairs.systems.outcomeLog.recorded)
                .filteredOn(line -> line.startsWith("reconciliation stopped"))
                .isEmpty();
    }

    @Tag("every-store")
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void initialRunThatCrashedIsContinuedByAnInitialRun(boolean checkpointLeft) {
        pairs = Pairs.unsettled(600);
        pairs.systems.ledger.betweenSteps = () -> {
            // The plans of a page are in the ledger, and nothing is written yet.
            if (pairs.systems.ledger.saves() >= 200) {
                throw new IllegalStateException("crash");
            }
        };
        assertThatThrownBy(() -> run(INITIAL)).hasMessage("crash");
        pairs.systems.ledger.betweenSteps = () -> {};
        if (!checkpointLeft) {
            // As after a run that stopped.
            pairs.store.save("run:full", null);
        }

        ReconciliationReport report = run(INITIAL);

        assertThat(report.stopped()).isEmpty();
        assertThat(report.finished()).isTrue();
        for (int number = 0; number < 600; number++) {
            assertThat(pairs.systems.newsletter(pairs.contacts.get(number))).isEqualTo(true);
        }
    }

    @Test
    void peopleWhoWereSettledCountInAnInitialRun() {
        pairs(300);
        differ(0, 200);

        ReconciliationReport report = run(INITIAL);

        assertThat(report.stopped()).isPresent();
        assertThat(repaired()).isZero();
    }

    @Test
    void peopleWhoAreSettledOnlyAfterAPauseAreJudgedToo() {
        pairs(300);
        differ(0, 200);
        pairs.systems.dataverse.faults().next(RouteKind.FIND_CONTACTS, Fault.throttled(Duration.ofSeconds(30)));

        ReconciliationReport report = run(new ReconciliationRequest(Scan.DIDOMI, false, false, false));

        assertThat(report.stopped()).isPresent();
        assertThat(repaired()).isZero();
    }
}
