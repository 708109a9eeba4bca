package io.github.consentbridge.sync.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.connectors.http.Deadline;
import io.github.consentbridge.simulators.didomi.SimulatedChoice;
import io.github.consentbridge.sync.ledger.LedgerErasure;
import io.github.consentbridge.sync.queue.Delivery;
import io.github.consentbridge.sync.reconciliation.ReconciliationListener;
import io.github.consentbridge.sync.reconciliation.ReconciliationRequest;
import io.github.consentbridge.sync.reconciliation.Scan;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An operator has erased a person here who is still in Didomi and Dynamics. */
@Tag("every-store")
class SyncWorkerErasedPersonTest {
    private final Systems systems =
            new Systems(Systems.document("\"bidirectional\": true,", Systems.NEWS, Systems.OFFERS));
    private final SyncWorker worker = systems.worker();
    private UUID grace;
    private Delivery grant;

    @BeforeEach
    void start() {
        grace = systems.contact("grace");
        chosen(SimulatedChoice.by("grace").didomiUser("u1").eventId("offers").purpose("offers", true));
        grant = chosen(
                SimulatedChoice.by("grace").didomiUser("u1").eventId("news").purpose("newsletter", true));
        systems.clock.advance(Duration.ofMinutes(1));
    }

    @AfterEach
    void stop() {
        systems.close();
    }

    private Delivery chosen(SimulatedChoice choice) {
        return systems.sent("grace", systems.didomi.choose(choice).get(0));
    }

    private void erase() {
        new LedgerErasure(systems.ledger, systems.clock).erase(Systems.key("grace"));
        systems.clock.advance(Duration.ofMinutes(1));
    }

    private void handleAll(List<io.github.consentbridge.simulators.didomi.Delivery> deliveries) {
        deliveries.forEach(each ->
                assertThat(systems.outcome(worker, systems.sent("grace", each))).isEqualTo(new DeliveryOutcome.Done()));
    }

    private void assertErased() {
        assertThat(systems.ledger.entry(Systems.key("grace")).isTombstone()).isTrue();
        assertThat(systems.ledger.history(Systems.key("grace"))).isEmpty();
    }

    @Test
    void lateDeliveryDoesNotBringThePersonBack() {
        systems.handle(worker, grant);
        erase();

        assertThat(systems.outcome(worker, grant)).isEqualTo(new DeliveryOutcome.Done());

        assertErased();
    }

    @Test
    void userThatDidomiRecomputesDoesNotEither() {
        systems.handle(worker, grant);
        erase();

        handleAll(systems.didomi.deleteEvent("grace", "offers"));

        assertErased();
    }

    @Test
    void nextReconciliationLeavesThePersonAlone() throws Exception {
        systems.handle(worker, grant);
        erase();

        systems.reconciliation(StoresUnderTest.chosen().runs())
                .run(
                        "run",
                        new ReconciliationRequest(Scan.FULL, false, true, true),
                        Deadline.none(),
                        ReconciliationListener.NONE);

        assertErased();
    }

    /** Steps of one delivery: the ledger is loaded, saved before the write, and saved after it. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void erasureDuringADeliveryIsFinal(int step) {
        AtomicInteger steps = new AtomicInteger();
        systems.ledger.betweenSteps = () -> {
            if (steps.incrementAndGet() == step) {
                erase();
            }
        };

        systems.handle(worker, grant);
        systems.ledger.betweenSteps = () -> {};
        int taken = steps.get();

        assertThat(taken).isGreaterThanOrEqualTo(step);
        assertErased();
    }

    /** The person was erased while our event was on its way: what Didomi then sends shows no choice that came later. */
    @Test
    void echoOfAnEventOfOursDoesNotBringThePersonBack() {
        systems.handle(worker, grant);
        Delivery refusal = systems.staff().edit(grace, Map.of("new_newsletter", false));
        AtomicInteger steps = new AtomicInteger();
        systems.ledger.betweenSteps = () -> {
            if (steps.incrementAndGet() == 3) {
                erase();
            }
        };
        systems.handle(worker, refusal);
        systems.ledger.betweenSteps = () -> {};
        assertThat(systems.didomi.enabled("grace", "newsletter")).hasValue(false);

        handleAll(systems.didomi.pending());

        assertErased();
    }

    @Test
    void choiceAboutSomethingElseDoesNotBringThePersonBack() {
        systems.handle(worker, grant);
        erase();

        handleAll(systems.didomi.choose(
                SimulatedChoice.by("grace").didomiUser("u1").purpose("surveys", true)));

        assertErased();
    }

    @Test
    void laterChoiceBringsThePersonBack() {
        systems.handle(worker, grant);
        erase();

        systems.handle(
                worker, chosen(SimulatedChoice.by("grace").didomiUser("u1").purpose("newsletter", false)));

        assertThat(systems.newsletter(grace)).isEqualTo(false);
        assertThat(systems.ledger.entry(Systems.key("grace")).isTombstone()).isFalse();
    }

    @Test
    void laterChoiceOfStaffDoesToo() {
        systems.handle(worker, grant);
        erase();

        systems.handle(worker, systems.staff().edit(grace, Map.of("new_newsletter", false)));

        assertThat(systems.didomi.enabled("grace", "newsletter")).hasValue(false);
    }

    @Test
    void secondErasureForgetsWhatCameInBetween() {
        systems.handle(worker, grant);
        erase();
        Delivery back = chosen(SimulatedChoice.by("grace").didomiUser("u1").purpose("newsletter", false));
        systems.handle(worker, back);
        systems.clock.advance(Duration.ofMinutes(1));

        erase();
        systems.handle(worker, back);

        assertErased();
    }
}
