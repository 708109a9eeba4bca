package io.github.consentbridge.sync.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.consentbridge.simulators.didomi.SimulatedChoice;
import io.github.consentbridge.simulators.http.RouteKind;
import io.github.consentbridge.sync.queue.Delivery;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What Dynamics reports of its contacts, and what becomes of it in Didomi. */
class SyncWorkerStaffChoicesTest {
    private static final String BOTH = "\"bidirectional\": true,";

    private Systems systems;
    private SyncWorker worker;
    private UUID ada;

    /** At eight the newsletter was granted in Didomi; now it is nine. */
    @BeforeEach
    void start() {
        use(Systems.document(BOTH, Systems.NEWS, Systems.NO_NEWS, Systems.OFFERS, Systems.FREQUENCY));
    }

    private void use(String document) {
        stop();
        systems = new Systems(document);
        worker = systems.worker();
        ada = systems.dataverse.addContact(Map.of("new_didomiid", "ada", "new_nonews", true));
        systems.handle(worker, chosen("newsletter", true));
        systems.clock.advance(Duration.ofHours(1));
        systems.dataverse.counters().reset();
    }

    @AfterEach
    void stop() {
        if (systems != null) {
            systems.close();
        }
    }

    private Delivery chosen(String purpose, boolean granted) {
        return systems.sent(
                "ada",
                systems.didomi
                        .choose(SimulatedChoice.by("ada").didomiUser("u1").purpose(purpose, granted))
                        .get(0));
    }

    private List<JsonNode> posted() {
        return systems.didomi.events("ada").stream()
                .filter(event -> event.at("/metadata/origin").asText().equals("consent-bridge"))
                .toList();
    }

    @Test
    void refusalByStaffReachesDidomiAsOneEvent() {
        Delivery refusal = systems.staff().edit(ada, Map.of("new_newsletter", false));

        DeliveryOutcome outcome = systems.outcome(worker, refusal);
        systems.handle(worker, refusal);
        systems.handle(systems.worker(), refusal);

        assertThat(outcome).isEqualTo(new DeliveryOutcome.Done());
        assertThat(systems.didomi.enabled("ada", "newsletter")).hasValue(false);
        assertThat(posted()).singleElement().satisfies(event -> {
            assertThat(event.at("/metadata/decided_at").asText()).isEqualTo("2026-03-01T09:00:00Z");
            assertThat(event.at("/metadata/side").asText()).isEqualTo("dynamics");
            assertThat(event.at("/metadata/contact_id").asText()).isEqualTo(ada.toString());
        });
        assertThat(systems.dataverse.contact(ada)).containsEntry("new_nonews", true);
    }

    @Test
    void preferenceChosenByStaffReachesDidomi() {
        systems.handle(worker, systems.staff().edit(ada, Map.of("new_frequency", 2)));

        assertThat(systems.didomi.preference("ada", "newsletter", "frequency")).hasValue("monthly");
    }

    @ParameterizedTest
    @CsvSource({"newest, false", "didomi, true", "dynamics, false"})
    void laterChoiceByStaffStandsUnlessDidomiWins(String wins, boolean expected) {
        use(Systems.document(BOTH + "\"wins\": \"" + wins + "\",", Systems.NEWS));

        systems.handle(worker, systems.staff().edit(ada, Map.of("new_newsletter", false)));

        assertThat(systems.didomi.enabled("ada", "newsletter")).hasValue(expected);
        assertThat(systems.newsletter(ada)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"newest, true", "didomi, true", "dynamics, false"})
    void laterChoiceInDidomiStandsUnlessDynamicsWins(String wins, boolean expected) {
        use(Systems.document(BOTH + "\"wins\": \"" + wins + "\",", Systems.NEWS));
        Delivery byStaff = systems.staff().edit(ada, Map.of("new_newsletter", false));
        systems.clock.advance(Duration.ofMinutes(1));
        Delivery inDidomi = chosen("newsletter", true);

        systems.handle(worker, inDidomi);
        systems.handle(worker, byStaff);

        assertThat(systems.didomi.enabled("ada", "newsletter")).hasValue(expected);
        assertThat(systems.newsletter(ada)).isEqualTo(expected);
    }

    @Test
    void olderChoiceThatIsToldLateChangesNothing() {
        Delivery older = systems.staff().edit(ada, Map.of("new_newsletter", false));
        systems.clock.advance(Duration.ofMinutes(1));
        systems.handle(worker, systems.staff().edit(ada, Map.of("new_newsletter", true)));
        int events = posted().size();

        systems.handle(worker, older);

        assertThat(systems.newsletter(ada)).isEqualTo(true);
        assertThat(systems.didomi.enabled("ada", "newsletter")).hasValue(true);
        assertThat(posted()).hasSize(events);
        assertThat(systems.outcomeLog.recorded).anyMatch(line -> line.startsWith("superseded"));
    }

    @Test
    void ownWriteThatComesBackPostsAndWritesNothing() {
        Map<String, Object> before = systems.dataverse.contact(ada);
        systems.handle(worker, chosen("newsletter", false));
        Delivery echo = systems.plugIn().observed(ada, before);
        int writes = systems.writesTo(ada);

        DeliveryOutcome outcome = systems.outcome(worker, echo);

        assertThat(outcome).isEqualTo(new DeliveryOutcome.Done());
        assertThat(echo.body()).contains("new_newsletter");
        assertThat(posted()).isEmpty();
        assertThat(systems.writesTo(ada)).isEqualTo(writes);
    }

    @Test
    void plugInThatAnswersOurWriteIsNoticed() {
        Map<String, Object> before = systems.dataverse.contact(ada);
        systems.handle(worker, chosen("newsletter", false));
        systems.dataverse.editContact(ada, Map.of("new_offers", true));
        Delivery echo = systems.plugIn().observed(ada, before);

        systems.handle(worker, echo);

        assertThat(systems.didomi.enabled("ada", "offers")).hasValue(true);
        assertThat(systems.didomi.enabled("ada", "newsletter")).hasValue(false);
        assertThat(posted()).hasSize(1);
    }

    @Test
    void ownWriteIsNoChoiceThatCouldOverruleOneToldLate() {
        Map<String, Object> before = systems.dataverse.contact(ada);
        Delivery refusal = chosen("newsletter", false);
        systems.clock.advance(Duration.ofMinutes(3));
        Delivery grant = chosen("newsletter", true);
        systems.clock.advance(Duration.ofMinutes(2));
        systems.handle(worker, refusal);

        systems.handle(worker, systems.plugIn().observed(ada, before));
        systems.handle(worker, grant);

        assertThat(systems.newsletter(ada)).isEqualTo(true);
        assertThat(systems.didomi.enabled("ada", "newsletter")).hasValue(true);
        assertThat(posted()).isEmpty();
    }

    @Test
    void defaultsOfANewContactPostNothing() {
        Delivery created = systems.staff().create(Map.of("new_didomiid", "grace"));

        DeliveryOutcome outcome = systems.outcome(worker, created);

        assertThat(outcome).isEqualTo(new DeliveryOutcome.Done());
        assertThat(created.body()).contains("new_newsletter");
        assertThat(systems.didomi.counters().requests(RouteKind.READ_USERS)).isZero();
        assertThat(systems.didomi.events("grace")).isEmpty();
    }

    @Test
    void whatStaffEnterInANewContactReachesDidomi() {
        systems.handle(worker, systems.staff().create(Map.of("new_didomiid", "grace", "new_newsletter", true)));

        assertThat(systems.didomi.enabled("grace", "newsletter")).hasValue(true);
        assertThat(systems.didomi.enabled("grace", "offers")).isEmpty();
    }

    @Test
    void newContactIsBroughtToWhatStands() {
        systems.handle(
                worker,
                systems.sent(
                        "grace",
                        systems.didomi
                                .choose(SimulatedChoice.by("grace").purpose("newsletter", true))
                                .get(0)));

        systems.handle(worker, systems.staff().create(Map.of("new_didomiid", "grace")));

        UUID grace = systems.dataverse.contactIds().get(1);
        assertThat(systems.newsletter(grace)).isEqualTo(true);
    }

    @Test
    void clearedColumnIsFilledAgainAndPostsNothing() {
        Map<String, Object> cleared = new HashMap<>();
        cleared.put("new_newsletter", null);

        systems.handle(worker, systems.staff().edit(ada, cleared));

        assertThat(systems.newsletter(ada)).isEqualTo(true);
        assertThat(posted()).isEmpty();
    }

    @Test
    void unmappedColumnAsksNothing() {
        Delivery unmapped = systems.staff().edit(ada, Map.of("firstname", "Ada"));
        systems.dataverse.counters().reset();

        DeliveryOutcome outcome = systems.outcome(worker, unmapped);

        assertThat(outcome).isEqualTo(new DeliveryOutcome.Done());
        assertThat(systems.dataverse.counters().requests()).isZero();
        assertThat(posted()).isEmpty();
    }

    @Test
    void deactivatedContactStillTellsChoices() {
        systems.handle(
                worker, systems.staff().edit(ada, Map.of("statecode", 1, "statuscode", 2, "new_newsletter", false)));

        assertThat(systems.didomi.enabled("ada", "newsletter")).hasValue(false);
    }

    @Test
    void choiceAfterAnErasureBringsThePersonBackAndOneBeforeDoesNot() {
        Delivery before = systems.staff().edit(ada, Map.of("new_newsletter", false));
        systems.clock.advance(Duration.ofMinutes(1));
        systems.handle(
                worker, systems.sent("ada", systems.didomi.deleteUser("ada").get(0)));

        DeliveryOutcome late = systems.outcome(worker, before);
        int events = systems.didomi.events("ada").size();
        systems.clock.advance(Duration.ofMinutes(1));
        systems.handle(worker, systems.staff().edit(ada, Map.of("new_newsletter", true)));

        assertThat(late).isEqualTo(new DeliveryOutcome.Done());
        assertThat(events).isZero();
        assertThat(systems.didomi.enabled("ada", "newsletter")).hasValue(true);
    }

    @ParameterizedTest
    @EnumSource
    void eventIsPostedOnceWhateverHappensToTheAnswer(Trouble trouble) {
        Delivery refusal = systems.staff().edit(ada, Map.of("new_newsletter", false));
        systems.didomi.faults().always(RouteKind.POST_EVENTS, trouble.fault());

        DeliveryOutcome first = systems.outcome(worker, refusal);
        systems.recover();
        DeliveryOutcome again = systems.outcome(worker, refusal);

        assertThat(first).isInstanceOf(DeliveryOutcome.Postponed.class);
        assertThat(again).isEqualTo(new DeliveryOutcome.Done());
        assertThat(posted()).hasSize(1);
    }
}
