package io.github.consentbridge.sync.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.consentbridge.connectors.http.Deadline;
import io.github.consentbridge.connectors.http.RemoteException;
import io.github.consentbridge.simulators.http.Fault;
import io.github.consentbridge.simulators.http.RouteKind;
import io.github.consentbridge.sync.reconciliation.Difference;
import io.github.consentbridge.sync.reconciliation.ReconciliationReport;
import io.github.consentbridge.sync.reconciliation.ReconciliationRequest;
import io.github.consentbridge.sync.reconciliation.Scan;
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

/** A reconciliation finds what nobody told, says what it would do, does it, and finds nothing the second time. */
class ReconciliationTest {
    private static final int PAIRS = 1000;

    private final Pairs pairs = new Pairs(PAIRS);
    private final Systems systems = pairs.systems;
    private final WatchedRunStore store = pairs.store;
    private final List<UUID> contacts = pairs.contacts;
    private final List<Difference> found = pairs.found;
    private final List<String> failures = pairs.failures;

    @AfterEach
    void stop() {
        pairs.close();
    }

    private ReconciliationReport run(ReconciliationRequest request) throws InterruptedException {
        return pairs.run(request, Deadline.none());
    }

    private ReconciliationReport run(ReconciliationRequest request, Deadline deadline) throws InterruptedException {
        return pairs.run(request, deadline);
    }

    private void choose(int number, String purpose, boolean granted) {
        pairs.choose(number, purpose, granted);
    }

    private static ReconciliationRequest real() {
        return new ReconciliationRequest(Scan.DIDOMI, false, false, false);
    }

    private static ReconciliationRequest dry() {
        return new ReconciliationRequest(Scan.DIDOMI, true, false, false);
    }

    private void plant() {
        pairs.plant();
    }

    @Test
    void dryRunListsWhatCountsAndWritesNothing() throws InterruptedException {
        plant();
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
    void realRunRepairsAndTheNextFindsNothing() throws InterruptedException {
        plant();

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
    void differenceSaysWhatBothSidesShowAndWhyOneStands() throws InterruptedException {
        choose(3, "offers", true);
        systems.clock.advance(Duration.ofMinutes(1));

        run(dry());

        assertThat(found).singleElement().satisfies(difference -> {
            assertThat(difference.key()).isEqualTo(Pairs.person(3));
            assertThat(difference.contactId()).isEqualTo(contacts.get(3).toString());
            assertThat(difference.mapping()).isEqualTo("new_offers");
            assertThat(difference.didomi().value()).hasToString("Flag[granted=true]");
            assertThat(difference.dynamics().value()).hasToString("Flag[granted=false]");
            assertThat(difference.winner()).isEqualTo(io.github.consentbridge.mapping.consent.Side.DIDOMI);
            assertThat(difference.reason()).startsWith("only Didomi has a choice");
        });
    }

    @Test
    void requestsAreThreeForTwoHundredPeople() throws InterruptedException {
        ReconciliationReport report = run(real());

        assertThat(report.totals().didomi()).isEqualTo(PAIRS);
        assertThat(report.didomiRequests() + report.dataverseRequests()).isLessThanOrEqualTo(3 * PAIRS / 200 + 6);
    }

    @Test
    void runThatWouldChangeTooManyStops() throws InterruptedException {
        for (int number = 0; number < PAIRS; number += 2) {
            choose(number, "offers", true);
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
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void runThatDiesIsTakenUpWhereItsLastPageEnded(int crashAfter) throws InterruptedException {
        plant();
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
        // What was applied in the moment of the crash is not told again.
        assertThat(report.totals().changed()).isLessThanOrEqualTo(Pairs.PLANTED);
        found.clear();
        assertThat(run(real()).totals().differences()).isZero();
        assertThat(systems.didomi.enabled(Pairs.person(12), "offers")).hasValue(true);
        assertThat(systems.newsletter(contacts.get(3))).isEqualTo(false);
        assertThat(systems.newsletter(contacts.get(PAIRS + 2))).isEqualTo(true);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 5, 9, 14})
    void pageThatFailsIsNotPassedOverByThoseBehindIt(int step) throws InterruptedException {
        plant();
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
    void deadlineEndsARunThatTheNextOneGoesOnWith() throws InterruptedException {
        plant();
        AtomicReference<Duration> left = new AtomicReference<>(Duration.ofMinutes(1));
        pairs.store.afterSave = () -> left.set(Duration.ofSeconds(1));

        ReconciliationReport first = run(real(), left::get);

        assertThat(first.finished()).isFalse();
        assertThat(first.totals().didomi()).isBetween(1L, PAIRS - 1L);
        assertThat(run(real()).totals().changed()).isEqualTo(Pairs.PLANTED);
    }

    @Test
    void pageThatTheDeadlineLeavesUnfinishedIsNotPassedOver() throws InterruptedException {
        plant();
        systems.dataverse.faults().always(RouteKind.BATCH, Fault.throttled(Duration.ofHours(1)));

        ReconciliationReport first = run(real(), () -> Duration.ofMinutes(1));
        systems.recover();
        systems.paused.clear();

        assertThat(first.finished()).isFalse();
        ReconciliationReport second = run(real());
        assertThat(second.totals().didomi()).isEqualTo(PAIRS + 3);
        found.clear();
        assertThat(run(real()).totals().differences()).isZero();
        assertThat(systems.newsletter(contacts.get(3))).isEqualTo(false);
    }

    @ParameterizedTest
    @EnumSource(names = {"FIND_CONTACTS", "BATCH"})
    void answerAfterTheTimeLeftIsNotAwaited(RouteKind slow) throws InterruptedException {
        plant();
        systems.requestTimeout = Duration.ofMinutes(1);
        LateAnswer late = new LateAnswer();
        systems.dataverse.faults().always(slow, late);

        ReconciliationReport first = run(real(), late);

        assertThat(late.remaining()).isPositive();
        assertThat(first.finished()).isFalse();
        assertThat(systems.paused).isEmpty();
        systems.recover();
        assertThat(run(real()).finished()).isTrue();
        assertThat(systems.newsletter(contacts.get(3))).isEqualTo(false);
    }

    @Test
    void pageThatComesAfterTheTimeLeftIsNotAwaited() throws InterruptedException {
        plant();
        systems.requestTimeout = Duration.ofMinutes(1);
        LateAnswer late = new LateAnswer();
        systems.didomi.faults().next(RouteKind.READ_USERS, late);

        assertThatThrownBy(() -> run(real(), late)).isInstanceOf(RemoteException.class);

        assertThat(late.remaining()).isPositive();
        systems.recover();
        assertThat(run(real()).finished()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            names = {"HANGING"},
            mode = EnumSource.Mode.EXCLUDE)
    void troubleOnTheWayChangesNothingInTheEnd(Trouble trouble) throws InterruptedException {
        plant();
        systems.didomi.faults().next(RouteKind.READ_USERS, Fault.none(), trouble.fault());
        systems.dataverse.faults().next(RouteKind.FIND_CONTACTS, trouble.fault());
        systems.dataverse.faults().next(RouteKind.BATCH, trouble.fault());
        systems.didomi.faults().next(RouteKind.POST_EVENTS, trouble.fault());

        ReconciliationReport report = run(real());

        assertThat(failures).isEmpty();
        assertThat(report.totals().didomi()).isEqualTo(PAIRS + 3);
        found.clear();
        assertThat(run(real()).totals().differences()).isZero();
        assertThat(systems.didomi.enabled(Pairs.person(12), "offers")).hasValue(true);
        assertThat(systems.newsletter(contacts.get(3))).isEqualTo(false);
    }

    @Test
    void firstRunTakesNoDefaultForAChoice() {
        // Everybody's contact was there before, with its defaults, and the ledger knew nobody.
        assertThat(systems.didomi.counters().eventsCreated()).isZero();
        assertThat(systems.didomi.enabled(Pairs.person(7), "offers")).isEmpty();
        assertThat(systems.newsletter(contacts.get(7))).isEqualTo(true);
    }

    @Test
    void nextRunKnowsHowMuchThereIsToRead() throws InterruptedException {
        long first = pairs.expected;

        run(real());

        assertThat(first).isZero();
        assertThat(pairs.expected).isEqualTo(PAIRS);
    }

    @Test
    void twoRunsAtOnceAreRefused() {
        store.lease("other", systems.clock.instant(), systems.clock.instant().plusSeconds(60));

        assertThatThrownBy(() -> run(real())).hasMessageContaining("another reconciliation is under way");
    }
}
