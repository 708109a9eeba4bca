package io.github.consentbridge.sync.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.consentbridge.connectors.http.Deadline;
import io.github.consentbridge.connectors.http.RemoteException;
import io.github.consentbridge.simulators.http.Fault;
import io.github.consentbridge.simulators.http.RouteKind;
import io.github.consentbridge.sync.worker.LateAnswer;
import io.github.consentbridge.sync.worker.Systems;
import io.github.consentbridge.sync.worker.Trouble;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A run finds what no webhook reported, lists it, repairs it, and finds nothing the second time. It continues an interrupted run
 * and skips nothing.
 */
class ReconciliationRunTest {
    private static final int PAIRS = 1000;

    private final Pairs pairs = new Pairs(PAIRS);
    private final Systems systems = pairs.systems;
    private final WatchedRunStore store = pairs.store;
    private final List<UUID> contacts = pairs.contacts;
    private final List<Difference> found = pairs.found;

    @AfterEach
    void stop() {
        pairs.close();
    }

    private ReconciliationReport run(ReconciliationRequest request) {
        return pairs.run(request, Deadline.none());
    }

    private static ReconciliationRequest real() {
        return new ReconciliationRequest(Scan.DIDOMI, false, false, false);
    }

    private static ReconciliationRequest dry() {
        return new ReconciliationRequest(Scan.DIDOMI, true, false, false);
    }

    @Test
    void dryRunListsWhatCountsAndWritesNothing() {
        pairs.plant();
        long rows = systems.dataverse.counters().rowsWritten();
        long saves = systems.ledger.saves();

        ReconciliationReport report = run(dry());

        assertThat(found).hasSize(Pairs.PLANTED).noneMatch(Difference::applied);
        assertThat(report.totals().differences()).isEqualTo(Pairs.PLANTED);
        assertThat(report.totals().changed()).isZero();
        assertThat(systems.dataverse.counters().rowsWritten()).isEqualTo(rows);
        assertThat((long) systems.ledger.saves()).isEqualTo(saves);
    }

    @Test
    void realRunRepairsAndTheNextFindsNothing() {
        pairs.plant();

        ReconciliationReport report = run(real());

        assertThat(found).hasSize(Pairs.PLANTED).allMatch(Difference::applied);
        assertThat(report.totals().changed()).isEqualTo(Pairs.PLANTED);
        assertThat(report.finished()).isTrue();
        assertThat(systems.didomi.enabled(Pairs.person(12), "offers")).hasValue(true);
        assertThat(systems.dataverse.contact(contacts.get(3)))
                .containsEntry("new_newsletter", false)
                .containsEntry("new_nonews", true);
        found.clear();
        assertThat(run(real()).totals().differences()).isZero();
    }

    @Test
    void ofTenThousandPairsExactlyWhatCountsIsFound() {
        try (Pairs many = new Pairs(10_000)) {
            many.plant();

            ReconciliationReport dry = many.run(dry(), Deadline.none());
            ReconciliationReport real = many.run(real(), Deadline.none());
            ReconciliationReport again = many.run(real(), Deadline.none());

            assertThat(dry.totals().differences()).isEqualTo(Pairs.PLANTED);
            assertThat(real.totals().changed()).isEqualTo(Pairs.PLANTED);
            assertThat(again.totals().differences()).isZero();
            assertThat(again.totals().didomi()).isEqualTo(10_003);
        }
    }

    @Test
    void runThatWouldChangeTooManyStops() {
        for (int number = 0; number < PAIRS; number += 2) {
            pairs.choose(number, "offers", true);
        }
        systems.clock.advance(Duration.ofMinutes(1));
        long rows = systems.dataverse.counters().rowsWritten();

        ReconciliationReport report = run(real());

        assertThat(report.stopped())
                .hasValueSatisfying(
                        reason -> assertThat(reason).contains("100 of 200 rows").contains("--force"));
        assertThat(report.finished()).isFalse();
        assertThat(systems.dataverse.counters().rowsWritten() - rows).isLessThanOrEqualTo(50);
        assertThat(run(new ReconciliationRequest(Scan.DIDOMI, false, false, true))
                        .stopped())
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            names = {"HANGING"},
            mode = EnumSource.Mode.EXCLUDE)
    void passingFaultsChangeNothingInTheEnd(Trouble trouble) {
        pairs.plant();
        systems.didomi.faults().next(RouteKind.READ_USERS, Fault.none(), trouble.fault());
        systems.dataverse.faults().next(RouteKind.FIND_CONTACTS, trouble.fault());
        systems.dataverse.faults().next(RouteKind.BATCH, trouble.fault());
        systems.didomi.faults().next(RouteKind.POST_EVENTS, trouble.fault());

        ReconciliationReport report = run(real());

        assertThat(pairs.failures).isEmpty();
        assertThat(report.totals().didomi()).isEqualTo(PAIRS + 3);
        found.clear();
        assertThat(run(real()).totals().differences()).isZero();
        assertThat(systems.didomi.enabled(Pairs.person(12), "offers")).hasValue(true);
        assertThat(systems.newsletter(contacts.get(3))).isEqualTo(false);
    }

    @Test
    void firstRunTakesNoDefaultForAChoice() {
        // All contacts existed before, with their defaults, and the ledger was empty.
        assertThat(systems.didomi.counters().eventsCreated()).isZero();
        assertThat(systems.didomi.enabled(Pairs.person(7), "offers")).isEmpty();
        assertThat(systems.newsletter(contacts.get(7))).isEqualTo(true);
    }

    @Test
    void nextRunKnowsHowMuchThereIsToRead() {
        long first = pairs.expected;

        run(real());

        assertThat(first).isZero();
        assertThat(pairs.expected).isEqualTo(PAIRS);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void crashedRunContinuesAfterItsLastPage(int crashAfter) {
        pairs.plant();
        int[] pages = {0};
        store.afterSave = () -> {
            if (++pages[0] == crashAfter) {
                throw new IllegalStateException("crash");
            }
        };
        assertThatThrownBy(() -> run(real())).hasMessage("crash");
        store.afterSave = () -> {};

        ReconciliationReport report = run(real());

        assertThat(report.totals().didomi()).isEqualTo(PAIRS + 3);
        // Differences repaired just before the crash are not reported again.
        assertThat(report.totals().changed()).isLessThanOrEqualTo(Pairs.PLANTED);
        found.clear();
        assertThat(run(real()).totals().differences()).isZero();
        assertThat(systems.didomi.enabled(Pairs.person(12), "offers")).hasValue(true);
        assertThat(systems.newsletter(contacts.get(3))).isEqualTo(false);
        assertThat(systems.newsletter(contacts.get(PAIRS + 2))).isEqualTo(true);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 5, 9, 14})
    void laterPagesDoNotMoveTheCheckpointBehindAFailedOne(int step) {
        pairs.plant();
        AtomicInteger steps = new AtomicInteger();
        systems.ledger.betweenSteps = () -> {
            if (steps.incrementAndGet() == step) {
                throw new IllegalStateException("the ledger fails");
            }
        };
        assertThatThrownBy(() -> run(real())).hasMessage("the ledger fails");
        systems.ledger.betweenSteps = () -> {};

        ReconciliationReport report = run(real());

        assertThat(report.totals().didomi()).isEqualTo(PAIRS + 3);
        found.clear();
        assertThat(run(real()).totals().differences()).isZero();
        assertThat(systems.newsletter(contacts.get(3))).isEqualTo(false);
    }

    @Test
    void runContinuesOneThatTheDeadlineEnded() {
        pairs.plant();
        AtomicReference<Duration> left = new AtomicReference<>(Duration.ofMinutes(1));
        pairs.store.afterSave = () -> left.set(Duration.ofSeconds(1));

        ReconciliationReport first = pairs.run(real(), left::get);

        assertThat(first.finished()).isFalse();
        assertThat(first.totals().didomi()).isBetween(1L, PAIRS - 1L);
        assertThat(run(real()).totals().changed()).isEqualTo(Pairs.PLANTED);
    }

    @Test
    void pageThatTheDeadlineInterruptedIsReadAgain() {
        pairs.plant();
        afterTheColumnsAreRead(RouteKind.BATCH, Fault.throttled(Duration.ofHours(1)));

        ReconciliationReport first = pairs.run(real(), () -> Duration.ofMinutes(1));
        systems.recover();
        systems.paused.clear();

        assertThat(first.finished()).isFalse();
        ReconciliationReport second = run(real());
        assertThat(second.totals().didomi()).isEqualTo(PAIRS + 3);
        found.clear();
        assertThat(run(real()).totals().differences()).isZero();
        assertThat(systems.newsletter(contacts.get(3))).isEqualTo(false);
    }

    /** The columns are read in batches too, before the run and by it. */
    private void afterTheColumnsAreRead(RouteKind kind, Fault fault) {
        if (kind == RouteKind.BATCH) {
            systems.dataverse.faults().next(kind, Fault.none(), Fault.none());
        }
        systems.dataverse.faults().always(kind, fault);
    }

    @ParameterizedTest
    @EnumSource(names = {"FIND_CONTACTS", "BATCH"})
    void answerAfterTheTimeLeftIsNotAwaited(RouteKind slow) {
        pairs.plant();
        systems.requestTimeout = Duration.ofMinutes(1);
        LateAnswer late = new LateAnswer();
        afterTheColumnsAreRead(slow, late);

        ReconciliationReport first = pairs.run(real(), late);

        assertThat(late.remaining()).isPositive();
        assertThat(first.finished()).isFalse();
        assertThat(systems.paused).isEmpty();
        systems.recover();
        assertThat(run(real()).finished()).isTrue();
        assertThat(systems.newsletter(contacts.get(3))).isEqualTo(false);
    }

    @Test
    void pageThatComesAfterTheTimeLeftIsNotAwaited() {
        pairs.plant();
        systems.requestTimeout = Duration.ofMinutes(1);
        LateAnswer late = new LateAnswer();
        systems.didomi.faults().next(RouteKind.READ_USERS, late);

        assertThatThrownBy(() -> pairs.run(real(), late)).isInstanceOf(RemoteException.class);

        assertThat(late.remaining()).isPositive();
        systems.recover();
        assertThat(run(real()).finished()).isTrue();
    }
}
