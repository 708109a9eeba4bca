package io.github.consentbridge.sync.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.consentbridge.connectors.http.Deadline;
import io.github.consentbridge.connectors.http.RemoteException;
import io.github.consentbridge.simulators.didomi.SimulatedChoice;
import io.github.consentbridge.simulators.http.Fault;
import io.github.consentbridge.simulators.http.RouteKind;
import io.github.consentbridge.sync.operations.LastReconciliation;
import io.github.consentbridge.sync.reconciliation.MemoryRunStore;
import io.github.consentbridge.sync.reconciliation.Reconciliation;
import io.github.consentbridge.sync.reconciliation.ReconciliationListener;
import io.github.consentbridge.sync.reconciliation.ReconciliationReport;
import io.github.consentbridge.sync.reconciliation.ReconciliationRequest;
import io.github.consentbridge.sync.reconciliation.RunStore;
import io.github.consentbridge.sync.reconciliation.Scan;
import io.github.consentbridge.sync.storage.StorageException;
import io.github.consentbridge.sync.worker.Systems;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs of several parts, what comes between them, repeated parts and crashes. */
class ScheduledReconciliationTest {
    private static final int PEOPLE = 20;
    private static final ReconciliationRequest FULL = new ReconciliationRequest(Scan.FULL, false, false, true);
    private static final RunPart FIRST = RunPart.first("run-1", FULL);
    private static final RunPart SECOND = FIRST.next();
    private static final RunPart HOURLY =
            RunPart.first("hourly", new ReconciliationRequest(Scan.DYNAMICS, false, false, false));
    private static final PartResult UNDER_WAY = new PartResult.UnderWay();
    private static final PartResult REPEATED = new PartResult.Repeated();

    private final Systems systems = new Systems(Systems.NEWSLETTER);
    private final RunStore store = new MemoryRunStore();
    private final List<RunPart> queue = new ArrayList<>();
    private int calls;

    @BeforeEach
    void addPeople() {
        for (int number = 0; number < PEOPLE; number++) {
            String person = "p-" + number;
            systems.contact(person);
            systems.didomi.choose(
                    SimulatedChoice.by(person).purpose("newsletter", true).silently());
        }
        systems.clock.advance(Duration.ofMinutes(1));
    }

    @AfterEach
    void stop() {
        systems.close();
    }

    private ScheduledReconciliation scheduled(RunStore runs, PartQueue to) {
        return new ScheduledReconciliation(systems.reconciliation(runs), runs, to, systems.clock);
    }

    private PartResult run(RunPart part, Deadline deadline) {
        try {
            return scheduled(store, (next, delay) -> queue.add(next)).run(part, "call-" + ++calls, deadline);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private PartResult run(RunPart part) {
        return run(part, Deadline.none());
    }

    private static ReconciliationReport report(PartResult result) {
        return ((PartResult.Ran) result).report();
    }

    /** A call whose time is over after the first page, which is all of Didomi's users. */
    private PartResult runShortly(RunPart part) throws InterruptedException {
        boolean[] saved = new boolean[1];
        RunStore observed = new MortalRunStore(store, change -> {
            saved[0] |= change.equals("save run:full");
            return false;
        });
        return scheduled(observed, (next, delay) -> queue.add(next))
                .run(part, "call-" + ++calls, () -> saved[0] ? Duration.ZERO : Duration.ofMinutes(15));
    }

    private static Deadline noTime() {
        return () -> Duration.ofSeconds(1);
    }

    private void crashing(RunPart part, Predicate<String> when) {
        MortalRunStore mortal = new MortalRunStore(store, when);
        assertThatThrownBy(() ->
                        scheduled(mortal, (next, delay) -> queue.add(next)).run(part, "call-" + ++calls, noTime()))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("crashed");
    }

    @Test
    void noOtherRunComesBetweenTheParts() throws InterruptedException {
        PartResult first = run(FIRST, noTime());
        assertNothingComesBetween();
        PartResult second = runShortly(SECOND);
        assertNothingComesBetween();
        PartResult third = run(SECOND.next());

        assertThat(queue).containsExactly(SECOND, SECOND.next());
        assertThat(report(first).totals().changed()).isZero();
        assertThat(report(second).isInterrupted()).isTrue();
        assertThat(report(second).totals().read()).isEqualTo(PEOPLE);
        assertThat(report(third).finished()).isTrue();
        assertThat(report(third).totals().changed()).isEqualTo(PEOPLE);
        assertThat(run(HOURLY)).isInstanceOf(PartResult.Ran.class);
    }

    private void assertNothingComesBetween() {
        assertThat(run(HOURLY)).isEqualTo(UNDER_WAY);
        systems.clock.advance(Reconciliation.LEASE.minusSeconds(1));
        assertThat(run(HOURLY)).isEqualTo(UNDER_WAY);
    }

    @Test
    void partThatIsDeliveredTwiceIsNotRunTwiceAtOnce() {
        run(FIRST, noTime());
        List<PartResult> beside = new ArrayList<>();
        systems.didomi.faults().next(RouteKind.READ_USERS, Fault.after(() -> beside.add(run(SECOND))));

        PartResult first = run(SECOND);

        assertThat(report(first).finished()).isTrue();
        assertThat(beside).containsExactly(UNDER_WAY);
    }

    @Test
    void partThatIsDeliveredAgainAfterItsRunHasNothingToDo() {
        run(FIRST, noTime());
        run(SECOND);
        long requests = systems.didomi.counters().requests();

        assertThat(run(SECOND)).isEqualTo(REPEATED);
        assertThat(run(FIRST)).isEqualTo(REPEATED);

        assertThat(systems.didomi.counters().requests()).isEqualTo(requests);
        assertThat(run(HOURLY)).as("the lease is free").isInstanceOf(PartResult.Ran.class);
    }

    @Test
    void partThatIsDeliveredAgainWhileTheNextOneWaitsHasNothingToDo() {
        run(FIRST, noTime());

        assertThat(run(FIRST)).isEqualTo(REPEATED);
        assertThat(report(run(SECOND)).finished()).isTrue();
    }

    @Test
    void nextPartWaitsForTheLeaseOfACrashedHandOver() {
        crashing(FIRST, change -> change.startsWith("handOver run-1#1/"));
        assertThat(queue).containsExactly(SECOND);
        assertThat(run(SECOND)).isEqualTo(UNDER_WAY);

        systems.clock.advance(Reconciliation.LEASE);

        assertThat(report(run(SECOND)).totals().changed()).isEqualTo(PEOPLE);
        assertThat(run(FIRST)).as("delivered again after the crash").isEqualTo(REPEATED);
    }

    @Test
    void crashBetweenSendingAndRememberingRunsThePeopleOnce() {
        int[] saves = new int[1];
        crashing(FIRST, change -> change.equals("save part:full") && ++saves[0] == 2);
        systems.clock.advance(Reconciliation.LEASE);

        assertThat(report(run(FIRST)).finished()).isTrue();

        assertThat(queue).containsExactly(SECOND);
        assertThat(run(SECOND)).isEqualTo(REPEATED);
    }

    @Test
    void crashedPartIsContinuedAfterAnotherRunTookItsLease() {
        run(FIRST, noTime());
        crashing(SECOND, change -> change.equals("save run:full"));
        assertThat(run(HOURLY)).isEqualTo(UNDER_WAY);
        systems.clock.advance(Reconciliation.LEASE);
        assertThat(run(HOURLY)).isInstanceOf(PartResult.Ran.class);

        assertThat(report(run(SECOND)).finished()).isTrue();
    }

    @Test
    void newRunTakesThePlaceOfACrashedOne() {
        run(FIRST, noTime());
        systems.clock.advance(Reconciliation.LEASE);
        RunPart nextNight = RunPart.first("run-2", FULL);

        run(nextNight, noTime());

        assertThat(run(SECOND)).isEqualTo(REPEATED);
        assertThat(report(run(nextNight.next())).finished()).isTrue();
        assertThat(run(SECOND)).isEqualTo(REPEATED);
    }

    @Test
    void partWhoseRunAnOperatorFinishedHasNothingToDo() throws InterruptedException {
        run(FIRST, noTime());
        systems.clock.advance(Reconciliation.LEASE);
        systems.reconciliation(store).run("operator", FULL, Deadline.none(), ReconciliationListener.NONE);

        assertThat(run(SECOND)).isEqualTo(REPEATED);
    }

    @Test
    void partThatCannotBeSentGivesUpTheLeaseAndIsRepeated() {
        PartQueue failing = (next, delay) -> {
            throw new StorageException("SQS did not accept the messages");
        };
        assertThatThrownBy(() -> scheduled(store, failing).run(FIRST, "call", noTime()))
                .hasMessageContaining("SQS");

        assertThat(report(run(FIRST)).finished()).isTrue();
    }

    @Test
    void failedPartIsContinuedWhenItIsDeliveredAgain() {
        run(FIRST, noTime());
        systems.didomi.faults().always(RouteKind.READ_USERS, Fault.status(403));
        assertThatThrownBy(() -> run(SECOND)).isInstanceOf(RemoteException.class);
        assertThat(LastReconciliation.load(store)).get().hasFieldOrPropertyWithValue("scan", Scan.FULL);
        assertThat(LastReconciliation.load(store).orElseThrow().result()).isEqualTo(LastReconciliation.Result.FAILED);
        systems.didomi.faults().clear();

        assertThat(report(run(SECOND)).finished()).isTrue();

        assertThat(LastReconciliation.load(store).orElseThrow().result()).isEqualTo(LastReconciliation.Result.DONE);
    }
}
