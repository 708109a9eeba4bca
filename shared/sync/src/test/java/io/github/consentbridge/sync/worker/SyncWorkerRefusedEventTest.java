package io.github.consentbridge.sync.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.simulators.didomi.SimulatedChoice;
import io.github.consentbridge.simulators.http.Fault;
import io.github.consentbridge.simulators.http.RouteKind;
import io.github.consentbridge.sync.queue.Delivery;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Didomi refuses one event of a person: the others are posted, the contact is written, the dead letter names the value. */
class SyncWorkerRefusedEventTest {
    private static final String TIPS = """
            {"id": "new_nonews", "value": {"purpose": "tips"}}""";

    private final Systems systems =
            new Systems(Systems.document("\"bidirectional\": true,", Systems.NEWS, Systems.OFFERS, TIPS));
    private final SyncWorker worker = systems.worker();
    private UUID ada;
    private Delivery didomiChoice;

    /**
     * Staff choose two purposes of which Didomi knows one, and the person chooses a third in Didomi. What Didomi lists is
     * compared with the mappings when the worker begins; a purpose that is removed later makes events fail.
     */
    @BeforeEach
    void choose() {
        systems.handle(worker, systems.chosen("grace", true, "2026-03-01T07:00:00Z"));
        ada = systems.contact("ada");
        systems.didomi.knowsPurpose("newsletter");
        systems.didomi.knowsPurpose("offers");
        didomiChoice = systems.sent(
                "ada",
                systems.didomi
                        .choose(SimulatedChoice.by("ada").didomiUser("u1").purpose("newsletter", true))
                        .get(0));
        systems.clock.advance(Duration.ofMinutes(1));
    }

    @AfterEach
    void stop() {
        systems.close();
    }

    private Delivery staffChoose(Map<String, Object> values) {
        return systems.staff().edit(ada, values);
    }

    @Test
    void otherEventsAndContactColumnsAreWritten() {
        Delivery byStaff = staffChoose(Map.of("new_offers", true, "new_nonews", true));

        Map<Delivery, DeliveryOutcome> outcomes = systems.handle(worker, byStaff, didomiChoice);

        assertThat(systems.didomi.enabled("ada", "offers")).hasValue(true);
        assertThat(systems.newsletter(ada)).isEqualTo(true);
        assertThat(outcomes.get(byStaff))
                .isEqualTo(new DeliveryOutcome.Dead("Didomi refused the event of purpose:tips with 400"));
    }

    @Test
    void refusedColumnKeepsNoEventFromBeingPosted() {
        systems.dataverse.administration().security("new_newsletter", true);
        Delivery byStaff = staffChoose(Map.of("new_offers", true, "new_nonews", true));

        Map<Delivery, DeliveryOutcome> outcomes = systems.handle(worker, byStaff, didomiChoice);

        assertThat(systems.didomi.enabled("ada", "offers")).hasValue(true);
        assertThat(outcomes.values())
                .containsOnly(
                        new DeliveryOutcome.Dead("Dataverse refused the change of new_newsletter with 403 0x8004f508;"
                                + " Didomi refused the event of purpose:tips with 400"));
    }

    /** The refusal comes again with the next attempt; what could be lost is the event that was not stored. */
    @Test
    void eventThatMayStillBePostedIsTriedAgainBeforeTheRefusalCounts() {
        Delivery byStaff = staffChoose(Map.of("new_offers", true, "new_nonews", true));
        systems.didomi
                .faults()
                .next(RouteKind.POST_EVENTS, Fault.none(), Fault.status(503), Fault.status(503), Fault.status(503))
                .next(RouteKind.POST_EVENTS, Fault.status(503));

        DeliveryOutcome first = systems.outcome(worker, byStaff);
        systems.recover();
        DeliveryOutcome second = systems.outcome(worker, byStaff);

        assertThat(first).isInstanceOf(DeliveryOutcome.Postponed.class);
        assertThat(second).isInstanceOf(DeliveryOutcome.Dead.class);
        assertThat(systems.didomi.enabled("ada", "offers")).hasValue(true);
    }
}
