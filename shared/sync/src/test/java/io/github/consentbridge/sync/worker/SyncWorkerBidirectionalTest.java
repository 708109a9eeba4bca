package io.github.consentbridge.sync.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.consentbridge.connectors.http.RemoteSystem;
import io.github.consentbridge.simulators.didomi.SimulatedChoice;
import io.github.consentbridge.simulators.http.Fault;
import io.github.consentbridge.simulators.http.RouteKind;
import io.github.consentbridge.sync.logging.Metric;
import io.github.consentbridge.sync.queue.Delivery;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What staff change in the contact reaches Didomi, once, and does not come back as news. */
class SyncWorkerBidirectionalTest {
    private static final String BOTH = "\"bidirectional\": true,";

    private final Systems systems =
            new Systems(Systems.document(BOTH, Systems.NEWS, Systems.NO_NEWS, Systems.OFFERS, Systems.FREQUENCY));
    private final SyncWorker worker = systems.worker();
    private UUID ada;

    /** At eight the newsletter was granted in Didomi, at nine staff enter a refusal that is not reported. */
    @BeforeEach
    void start() {
        ada = systems.dataverse.addContact(Map.of("new_didomiid", "ada", "new_nonews", true));
        systems.handle(worker, chosen(SimulatedChoice.by("ada").didomiUser("u1").purpose("newsletter", true)));
        systems.clock.advance(Duration.ofHours(1));
        systems.dataverse.editContact(ada, Map.of("new_newsletter", false));
        systems.clock.advance(Duration.ofHours(1));
        systems.dataverse.counters().reset();
    }

    @AfterEach
    void stop() {
        systems.close();
    }

    private Delivery chosen(SimulatedChoice choice) {
        return systems.sent("ada", systems.didomi.choose(choice).get(0));
    }

    /** Something else of the same person, so that the contact is looked at. */
    private Delivery unrelated() {
        return chosen(SimulatedChoice.by("ada").didomiUser("u1").purpose("offers", true));
    }

    private List<JsonNode> postedEvents() {
        return systems.didomi.events("ada").stream()
                .filter(event -> event.at("/metadata/origin").asText().equals("consent-bridge"))
                .toList();
    }

    @Test
    void changeInTheContactIsPostedAsAnEvent() {
        DeliveryOutcome outcome = systems.outcome(worker, unrelated());

        assertThat(outcome).isEqualTo(new DeliveryOutcome.Done());
        assertThat(systems.didomi.enabled("ada", "newsletter")).hasValue(false);
        assertThat(postedEvents()).singleElement().satisfies(event -> {
            assertThat(event.at("/created_at").asText()).startsWith("2026-03-01T09:00:00");
            assertThat(event.at("/delegate/id").asText()).isEqualTo("dynamics-365");
            assertThat(event.at("/metadata/contact_id").asText()).isEqualTo(ada.toString());
            assertThat(event.at("/metadata/decided_at").asText()).isEqualTo("2026-03-01T09:00:00Z");
            assertThat(event.at("/metadata/side").asText()).isEqualTo("dynamics");
            assertThat(event.at("/consents/purposes")).hasSize(1);
        });
    }

    @Test
    void postedEventIsLoggedAndCounted() {
        systems.handle(worker, unrelated());

        assertThat(systems.outcomeLog.recorded)
                .filteredOn(line -> line.startsWith("posted "))
                .singleElement()
                .asString()
                .contains("before=granted", "after=refused", "winner=dynamics", "decided_at=2026-03-01T09:00:00Z")
                .doesNotContain("request_id");
        assertThat(systems.outcomeLog.recorded).anyMatch(line -> line.startsWith("inferred "));
        assertThat(systems.outcomeLog.total(Metric.EVENTS_POSTED)).isEqualTo(1);
    }

    @Test
    void otherColumnOfThePurposeFollows() {
        systems.handle(worker, unrelated());

        assertThat(systems.dataverse.contact(ada))
                .containsEntry("new_newsletter", false)
                .containsEntry("new_nonews", true)
                .containsEntry("new_offers", true);
        assertThat(systems.writesTo(ada)).isEqualTo(1);
    }

    @Test
    void echoWritesNothing() {
        systems.handle(worker, unrelated());
        Delivery[] echoes = systems.didomi.pending().stream()
                .map(pending -> systems.sent("ada", pending))
                .toArray(Delivery[]::new);
        long events = systems.didomi.counters().eventsCreated();

        systems.handle(worker, echoes);
        systems.handle(systems.worker(), echoes);

        assertThat(echoes).hasSizeGreaterThan(2);
        assertThat(systems.writesTo(ada)).isEqualTo(1);
        assertThat(systems.didomi.counters().eventsCreated()).isEqualTo(events);
        assertThat(systems.didomi.enabled("ada", "newsletter")).hasValue(false);
    }

    @Test
    void newerChoiceInDidomiOverrulesTheChangeInTheContact() {
        Delivery regranted = chosen(SimulatedChoice.by("ada").didomiUser("u1").purpose("newsletter", true));

        systems.handle(worker, regranted);

        assertThat(systems.dataverse.contact(ada))
                .containsEntry("new_newsletter", true)
                .containsEntry("new_nonews", false);
        assertThat(postedEvents()).isEmpty();
    }

    @Test
    void chosenOptionIsPostedAsThePreferencesValue() {
        systems.handle(
                worker,
                chosen(SimulatedChoice.by("ada").didomiUser("u1").preference("newsletter", "frequency", "weekly")));
        systems.clock.advance(Duration.ofHours(1));
        systems.dataverse.editContact(ada, Map.of("new_frequency", 2));
        systems.clock.advance(Duration.ofHours(1));

        systems.handle(worker, unrelated());

        assertThat(systems.didomi.preference("ada", "newsletter", "frequency")).hasValue("monthly");
        assertThat(postedEvents())
                .last()
                .satisfies(event -> assertThat(
                                event.at("/consents/purposes/0/enabled").isMissingNode())
                        .isTrue());
    }

    @ParameterizedTest
    @EnumSource
    void eventIsPostedOnceWhateverHappensToTheAnswer(Trouble trouble) {
        Delivery delivery = unrelated();
        systems.didomi.faults().always(RouteKind.POST_EVENTS, trouble.fault());

        DeliveryOutcome first = systems.outcome(worker, delivery);
        Set<RemoteSystem> paused = Set.copyOf(systems.paused.keySet());
        systems.recover();
        DeliveryOutcome again = systems.outcome(worker, delivery);
        DeliveryOutcome further = systems.outcome(systems.worker(), delivery);

        assertThat(first).isInstanceOf(DeliveryOutcome.Postponed.class);
        assertThat(paused).containsExactly(RemoteSystem.DIDOMI);
        assertThat(systems.paused).isEmpty();
        assertThat(again).isEqualTo(new DeliveryOutcome.Done());
        assertThat(further).isEqualTo(new DeliveryOutcome.Done());
        assertThat(postedEvents()).hasSize(1);
        assertThat(systems.didomi.enabled("ada", "newsletter")).hasValue(false);
        assertThat(systems.writesTo(ada)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void usersAreReadBeforeAnythingIsPosted(Trouble trouble) {
        Delivery delivery = unrelated();
        systems.didomi.faults().always(RouteKind.READ_USERS, trouble.fault());

        DeliveryOutcome first = systems.outcome(worker, delivery);
        systems.recover();
        DeliveryOutcome again = systems.outcome(worker, delivery);

        assertThat(first).isInstanceOf(DeliveryOutcome.Postponed.class);
        assertThat(again).isEqualTo(new DeliveryOutcome.Done());
        assertThat(postedEvents()).hasSize(1);
    }

    @Test
    void throttledDidomiPausesDidomiOnly() {
        UUID grace = systems.contact("grace");
        Delivery needsDidomi = unrelated();
        Delivery needsNothing = systems.chosen("grace", true, "2026-03-01T09:30:00Z");
        systems.didomi.faults().next(RouteKind.READ_USERS, Fault.throttled(Duration.ofSeconds(44)));

        Map<Delivery, DeliveryOutcome> deliveryOutcomes = systems.handle(worker, needsDidomi, needsNothing);

        assertThat(deliveryOutcomes.get(needsDidomi)).isEqualTo(new DeliveryOutcome.Postponed(Duration.ofSeconds(44)));
        assertThat(deliveryOutcomes.get(needsNothing)).isEqualTo(new DeliveryOutcome.Done());
        assertThat(systems.newsletter(grace)).isEqualTo(true);
        assertThat(systems.paused).containsOnlyKeys(RemoteSystem.DIDOMI);
    }
}
