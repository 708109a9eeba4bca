package io.github.consentbridge.sync.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.connectors.http.RemoteSystem;
import io.github.consentbridge.simulators.didomi.SimulatedChoice;
import io.github.consentbridge.simulators.http.Fault;
import io.github.consentbridge.simulators.http.RouteKind;
import io.github.consentbridge.sync.queue.Delivery;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Trouble with Didomi affects only people who need a read of Didomi. */
@Tag("every-store")
class SyncWorkerDidomiTroubleTest {
    private Systems systems;
    private SyncWorker worker;
    private UUID grace;
    private Delivery needsDidomi;
    private Delivery needsNothing;

    @BeforeEach
    void start() {
        use(Systems.document("\"bidirectional\": true,", Systems.NEWS, Systems.OFFERS));
    }

    private void use(String document) {
        stop();
        systems = new Systems(document);
        worker = systems.worker();
        systems.contact("ada");
        grace = systems.contact("grace");
        systems.didomi.choose("ada", Map.of("newsletter", true));
        needsDidomi = systems.delivery("ada", """
                {"type": "event.deleted", "regulation": "gdpr", "parameters": {"entity": {
                  "id": "gone", "created_at": "2026-03-01T07:00:00Z", "status": "confirmed",
                  "user": {"id": "u1", "organization_user_id": "ada"},
                  "consents": {"purposes": [{"id": "newsletter", "enabled": false}]}}}}""");
        needsNothing = systems.chosen("grace", true, "2026-03-01T07:00:00Z");
    }

    @AfterEach
    void stop() {
        if (systems != null) {
            systems.close();
        }
    }

    @Test
    void pausedDidomiIsNotAsked() {
        systems.paused.put(RemoteSystem.DIDOMI, systems.clock.instant().plusSeconds(30));

        Map<Delivery, DeliveryOutcome> deliveryOutcomes = systems.handle(worker, needsDidomi, needsNothing);

        assertThat(deliveryOutcomes.get(needsDidomi)).isEqualTo(new DeliveryOutcome.Postponed(Duration.ofSeconds(30)));
        assertThat(deliveryOutcomes.get(needsNothing)).isEqualTo(new DeliveryOutcome.Done());
        assertThat(systems.didomi.counters().requests()).isZero();
    }

    @Test
    void personWhomDidomiRefusesFailsAlone() {
        systems.didomi.faults().next(RouteKind.READ_USERS, Fault.status(400));

        Map<Delivery, DeliveryOutcome> deliveryOutcomes = systems.handle(worker, needsDidomi, needsNothing);

        assertThat(deliveryOutcomes.get(needsDidomi))
                .isEqualTo(
                        new DeliveryOutcome.Dead("the person's Didomi users could not be read: Didomi answered 400"));
        assertThat(deliveryOutcomes.get(needsNothing)).isEqualTo(new DeliveryOutcome.Done());
        assertThat(systems.newsletter(grace)).isEqualTo(true);
    }

    @Test
    void wrongApiKeyPostponesOnlyWhoNeedsIt() {
        systems.didomiSecret = "wrong~secret~value";
        worker = systems.worker();

        Map<Delivery, DeliveryOutcome> deliveryOutcomes = systems.handle(worker, needsDidomi, needsNothing);

        assertThat(deliveryOutcomes.get(needsDidomi)).isEqualTo(new DeliveryOutcome.Postponed(Duration.ofMinutes(1)));
        assertThat(deliveryOutcomes.get(needsNothing)).isEqualTo(new DeliveryOutcome.Done());
        assertThat(systems.outcomeLog.recorded)
                .anyMatch(line -> line.contains("didomi.secret"))
                .noneMatch(line -> line.contains("wrong~secret~value"));
    }

    @Test
    void missingApiKeyPostponesOnlyWhoNeedsIt() {
        systems.didomiSecret = "";

        Map<Delivery, DeliveryOutcome> deliveryOutcomes = systems.handle(systems.worker(), needsDidomi, needsNothing);

        assertThat(deliveryOutcomes.get(needsDidomi)).isEqualTo(new DeliveryOutcome.Postponed(Duration.ofMinutes(1)));
        assertThat(deliveryOutcomes.get(needsNothing)).isEqualTo(new DeliveryOutcome.Done());
        assertThat(systems.outcomeLog.recorded).anyMatch(line -> line.contains("the secret has no block didomi"));
    }

    @Test
    void rotatedApiKeyIsReadAtOnce() {
        systems.didomi.apiKey(systems.didomi.key(), "rotated~secret");
        systems.didomiSecret = "rotated~secret";

        DeliveryOutcome outcome = systems.outcome(worker, needsDidomi);

        assertThat(outcome).isEqualTo(new DeliveryOutcome.Done());
        assertThat(systems.paused).isEmpty();
    }

    /** Didomi has no place for the values of a preference without its purpose. */
    @Test
    void valueThatDidomiCannotBeToldSpoilsNobodysDelivery() {
        use(Systems.document("\"bidirectional\": true,", Systems.NEWS, """
                {"id": "new_frequency", "value": {"preference": "frequency"}, "options": {"weekly": 1, "monthly": 2}}"""));
        UUID ada = systems.contact("ida");
        systems.handle(worker, chosen("ida", "weekly"));
        systems.clock.advance(Duration.ofHours(1));
        systems.dataverse.editContact(ada, Map.of("new_frequency", 2));
        Delivery ida = systems.chosen("ida", true, "2026-03-01T08:30:00Z");

        Map<Delivery, DeliveryOutcome> deliveryOutcomes = systems.handle(worker, ida, needsNothing);

        assertThat(deliveryOutcomes.values()).containsOnly(new DeliveryOutcome.Done());
        assertThat(systems.newsletter(grace)).isEqualTo(true);
        assertThat(systems.outcomeLog.recorded).anyMatch(line -> line.contains("name the purpose in `value`"));
    }

    private Delivery chosen(String person, String frequency) {
        SimulatedChoice choice = SimulatedChoice.by(person).preference("newsletter", "frequency", frequency);
        return systems.sent(person, systems.didomi.choose(choice).get(0));
    }
}
