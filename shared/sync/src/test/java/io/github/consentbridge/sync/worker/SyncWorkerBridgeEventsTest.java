package io.github.consentbridge.sync.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.mapping.consent.ConsentRecordId;
import io.github.consentbridge.mapping.document.ConsentValue;
import io.github.consentbridge.mapping.document.DidomiPath;
import io.github.consentbridge.mapping.document.OrganizationUserId;
import io.github.consentbridge.mapping.document.Regulation;
import io.github.consentbridge.mapping.settle.PlannedEvent;
import io.github.consentbridge.simulators.didomi.SimulatedChoice;
import io.github.consentbridge.sync.logging.Metric;
import io.github.consentbridge.sync.queue.Delivery;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Events that a bridge has posted to Didomi: our own are no news, those of any other bridge are choices. */
class SyncWorkerBridgeEventsTest {
    private static final Map<String, String> ANOTHER_ENVIRONMENT = Map.of(
            "origin", "consent-bridge", "environment", "5c2e8a04-7f31-4b69-8d15-0a9c4e7b2f63", "side", "dynamics");
    private static final Map<String, String> NO_ENVIRONMENT = Map.of("origin", "consent-bridge", "side", "dynamics");
    private static final JsonMapper MAPPER = new JsonMapper();

    private final Systems systems =
            new Systems(Systems.document("\"bidirectional\": true,", Systems.NEWS, Systems.NO_NEWS, Systems.OFFERS));
    private final SyncWorker worker = systems.worker();
    private UUID ada;

    /** At eight the newsletter was granted in Didomi, and both sides show it. */
    @BeforeEach
    void start() {
        ada = systems.contact("ada");
        systems.handle(worker, announced(SimulatedChoice.by("ada").purpose("newsletter", true), 0));
        systems.clock.advance(Duration.ofHours(1));
    }

    @AfterEach
    void stop() {
        systems.close();
    }

    /** @param which the event itself is announced first, then the user that it changes */
    private Delivery announced(SimulatedChoice choice, int which) {
        return systems.sent("ada", systems.didomi.choose(choice).get(which));
    }

    private static SimulatedChoice refusal(Map<String, String> metadata) {
        return SimulatedChoice.by("ada").purpose("newsletter", false).metadata(metadata);
    }

    private List<JsonNode> posted() {
        return systems.didomi.events("ada").stream()
                .filter(event -> event.has("delegate"))
                .toList();
    }

    private void assertNewsletter(boolean granted) {
        assertThat(systems.didomi.enabled("ada", "newsletter")).hasValue(granted);
        assertThat(systems.dataverse.contact(ada))
                .containsEntry("new_newsletter", granted)
                .containsEntry("new_nonews", !granted);
    }

    static Stream<Map<String, String>> ofOthers() {
        return Stream.of(ANOTHER_ENVIRONMENT, NO_ENVIRONMENT);
    }

    @ParameterizedTest
    @MethodSource("ofOthers")
    void eventOfAnotherBridgeIsAChoice(Map<String, String> metadata) {
        systems.handle(worker, announced(refusal(metadata), 0));

        assertNewsletter(false);
        assertThat(posted()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("ofOthers")
    void userThatAnotherBridgeChangedShowsItsChoice(Map<String, String> metadata) {
        systems.handle(worker, announced(refusal(metadata), 1));

        assertNewsletter(false);
        assertThat(posted()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("ofOthers")
    void lostEventOfAnotherBridgeIsFoundAmongThePersonsEvents(Map<String, String> metadata) {
        Delivery[] regranted = refusedAndGrantedByStaff();
        systems.didomi.choose(refusal(metadata).silently());
        systems.clock.advance(Duration.ofMinutes(10));

        systems.handle(worker, regranted);
        systems.handle(worker, announced(SimulatedChoice.by("ada").purpose("offers", true), 1));

        assertNewsletter(false);
    }

    @ParameterizedTest
    @MethodSource("ofOthers")
    void laterChoiceByStaffOverrulesTheLostEventOfAnotherBridge(Map<String, String> metadata) {
        systems.didomi.choose(refusal(metadata).silently());
        systems.clock.advance(Duration.ofMinutes(10));
        Delivery[] regranted = refusedAndGrantedByStaff();

        systems.handle(worker, announced(SimulatedChoice.by("ada").purpose("offers", true), 1));
        systems.handle(worker, regranted);

        assertNewsletter(true);
    }

    private Delivery[] refusedAndGrantedByStaff() {
        Delivery refused = systems.staff().edit(ada, Map.of("new_newsletter", false));
        systems.clock.advance(Duration.ofMinutes(5));
        Delivery granted = systems.staff().edit(ada, Map.of("new_newsletter", true));
        systems.clock.advance(Duration.ofMinutes(5));
        return new Delivery[] {refused, granted};
    }

    /** If it counted as a choice in Didomi, it would win for good where {@code wins} is {@code didomi}. */
    @Test
    void eventThatAnEarlierVersionOfOursPostedIsNoChoice() {
        try (Systems didomiWins =
                new Systems(Systems.document("\"bidirectional\": true, \"wins\": \"didomi\",", Systems.NEWS))) {
            SyncWorker upgraded = didomiWins.worker();
            UUID grace = didomiWins.contact("grace");
            didomiWins.didomi.choose(SimulatedChoice.by("grace").purpose("offers", true));
            didomiWins.clock.advance(Duration.ofHours(1));
            didomiWins.handle(upgraded, didomiWins.staff().edit(grace, Map.of("new_newsletter", true)));
            didomiWins.didomi.choose(asPostedByAnEarlierVersion("grace", true, didomiWins.clock.instant()));
            didomiWins.clock.advance(Duration.ofHours(1));
            Delivery refused = didomiWins.staff().edit(grace, Map.of("new_newsletter", false));
            didomiWins.clock.advance(Duration.ofHours(1));
            didomiWins.didomi.choose(SimulatedChoice.by("grace").purpose("offers", false));

            didomiWins.handle(upgraded, refused);

            assertThat(didomiWins.newsletter(grace)).isEqualTo(false);
            assertThat(didomiWins.didomi.enabled("grace", "newsletter")).hasValue(false);
        }
    }

    private static SimulatedChoice asPostedByAnEarlierVersion(String person, boolean granted, Instant at) {
        ConsentRecordId newsletter = new ConsentRecordId(Regulation.GDPR, new DidomiPath.Purpose("newsletter"));
        UUID id = PlannedEvent.earlierId(new OrganizationUserId(person), newsletter, at, ConsentValue.of(granted));
        return SimulatedChoice.by(person)
                .eventId(id.toString())
                .purpose("newsletter", granted)
                .at(at)
                .metadata(NO_ENVIRONMENT)
                .silently();
    }

    @Test
    void postedEventNamesOurEnvironmentAndOrganization() {
        systems.handle(worker, systems.staff().edit(ada, Map.of("new_newsletter", false)));

        assertThat(posted()).singleElement().satisfies(event -> {
            assertThat(event.at("/metadata/origin").asText()).isEqualTo("consent-bridge");
            assertThat(event.at("/metadata/environment").asText())
                    .isEqualTo(systems.dataverse.organizationId().toString());
            assertThat(event.at("/organization_id").asText()).isEqualTo("acme");
        });
    }

    @Test
    void ourOwnEventIsNoNews() {
        systems.handle(worker, systems.staff().edit(ada, Map.of("new_newsletter", false)));
        Delivery echo = systems.sent("ada", systems.didomi.pending().get(2));
        long saves = systems.ledger.saves();

        DeliveryOutcome outcome = systems.outcome(systems.worker(), echo);

        assertThat(echo.body()).contains("event.created", "consent-bridge");
        assertThat(outcome).isEqualTo(new DeliveryOutcome.Done());
        assertThat(systems.ledger.saves()).isEqualTo(saves);
        assertThat(systems.outcomeLog.total(Metric.DELIVERIES_IGNORED)).isEqualTo(1);
        assertThat(systems.outcomeLog.recorded).last().asString().contains("why=our own event");
        assertNewsletter(false);
    }

    @Test
    void letterCaseOfTheEnvironmentDoesNotMatter() {
        systems.handle(worker, systems.staff().edit(ada, Map.of("new_newsletter", false)));
        Delivery echo = changed(
                systems.didomi.pending().get(2).body(),
                metadata -> metadata.put(
                        "environment",
                        systems.dataverse.organizationId().toString().toUpperCase(Locale.ROOT)));

        systems.handle(worker, echo);

        assertThat(systems.outcomeLog.recorded).last().asString().contains("why=our own event");
    }

    private Delivery changed(String body, Consumer<ObjectNode> change) {
        try {
            JsonNode json = MAPPER.readTree(body);
            change.accept((ObjectNode) json.at("/parameters/entity/metadata"));
            return systems.delivery("ada", json.toString());
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
