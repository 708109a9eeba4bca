package io.github.consentbridge.sync.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.simulators.didomi.SimulatedChoice;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The closed loop with a third influence: a customer's plug-in, `wins`, a merge, a second device. */
@Tag("every-store")
class SyncWorkerLoopCasesTest {
    private static final String PERSON = "ada";
    private static final String BOTH = "\"bidirectional\": true,";

    private Loop loop;
    private Systems systems;
    private UUID ada;

    /** At eight both purposes were granted in Didomi, and both sides show it. */
    @BeforeEach
    void start() {
        use(Systems.document(BOTH, Systems.NEWS, Systems.OFFERS));
    }

    private void use(String document) {
        stop();
        loop = new Loop(document);
        systems = loop.systems;
        ada = systems.contact(PERSON);
        choose("u1", "newsletter", true);
        choose("u1", "offers", true);
        loop.runUntilNothingIsPending();
    }

    @AfterEach
    void stop() {
        if (loop != null) {
            loop.close();
        }
    }

    private void choose(String device, String purpose, boolean granted) {
        systems.didomi.choose(SimulatedChoice.by(PERSON).didomiUser(device).purpose(purpose, granted));
        systems.clock.advance(Duration.ofMinutes(1));
    }

    private void edit(UUID contact, Map<String, ?> changes) {
        systems.dataverse.editContact(contact, changes);
        systems.clock.advance(Duration.ofMinutes(1));
    }

    private void assertBothShow(String purpose, boolean granted) {
        assertThat(systems.didomi.enabled(PERSON, purpose)).as("Didomi").hasValue(granted);
        assertThat(systems.dataverse.contact(ada)).as("contact").containsEntry("new_" + purpose, granted);
    }

    @Test
    void plugInThatAnswersOurWriteIsHeardInDidomi() {
        systems.dataverse.plugin("new_newsletter", written -> {
            Map<String, Object> also = new HashMap<>();
            also.put("new_offers", written);
            return also;
        });
        choose("u1", "newsletter", false);

        loop.runUntilNothingIsPending();

        assertBothShow("newsletter", false);
        assertBothShow("offers", false);
        assertThat(loop.eventsOfOurs(PERSON)).hasSize(1);
        assertThat(systems.writesTo(ada)).isEqualTo(2);
        loop.assertStable(PERSON);
    }

    @Test
    void plugInThatTakesOurWriteBackHasTheLastWordOnce() {
        systems.dataverse.plugin("new_newsletter", written -> Map.of("new_newsletter", true));
        choose("u1", "newsletter", false);

        loop.runUntilNothingIsPending();

        assertBothShow("newsletter", true);
        assertThat(loop.eventsOfOurs(PERSON)).hasSize(1);
        loop.assertStable(PERSON);
    }

    @ParameterizedTest
    @CsvSource({"didomi, true", "dynamics, false", "newest, false"})
    void winnerOfAMappingStandsWhenStaffChooseLater(String wins, boolean expected) {
        use(Systems.document(BOTH, Systems.NEWS, offersWonBy(wins)));
        edit(ada, Map.of("new_offers", false, "new_newsletter", false));

        loop.runUntilNothingIsPending();

        assertBothShow("offers", expected);
        assertBothShow("newsletter", false);
        loop.assertStable(PERSON);
    }

    @ParameterizedTest
    @CsvSource({"didomi, true", "dynamics, false", "newest, true"})
    void winnerOfAMappingStandsWhenDidomiChoosesLater(String wins, boolean expected) {
        use(Systems.document(BOTH, Systems.NEWS, offersWonBy(wins)));
        edit(ada, Map.of("new_offers", false));
        loop.runUntilNothingIsPending();
        choose("u1", "offers", true);

        loop.runUntilNothingIsPending();

        assertBothShow("offers", expected);
        loop.assertStable(PERSON);
    }

    private static String offersWonBy(String wins) {
        return """
                {"id": "new_offers", "value": {"purpose": "offers"}, "wins": "%s"}""".formatted(wins);
    }

    @Test
    void mergedContactsEndWithTheSurvivorsNewestChoice() {
        UUID duplicate = systems.dataverse.addContact(Map.of("new_didomiid", "grace", "new_offers", true));
        systems.clock.advance(Duration.ofMinutes(1));
        edit(duplicate, Map.of("new_newsletter", true));
        edit(ada, Map.of("new_offers", false));
        systems.dataverse.mergeContacts(ada, duplicate, Map.of());

        loop.runUntilNothingIsPending();

        assertBothShow("offers", false);
        assertBothShow("newsletter", true);
        loop.assertStable(PERSON);
    }

    @Test
    void whatTheSurvivorOfAMergeTakesOverIsNoChoice() {
        UUID duplicate = systems.dataverse.addContact(Map.of("new_didomiid", PERSON, "statecode", 1));
        systems.clock.advance(Duration.ofMinutes(1));
        systems.dataverse.mergeContacts(ada, duplicate, Map.of("new_offers", false));

        loop.runUntilNothingIsPending();

        assertBothShow("offers", true);
        assertThat(loop.eventsOfOurs(PERSON)).isEmpty();
        loop.assertStable(PERSON);
    }

    @Test
    void choiceOnADeactivatedContactReachesDidomi() {
        systems.dataverse.deactivateContact(ada);
        edit(ada, Map.of("new_offers", false));

        loop.runUntilNothingIsPending();

        assertBothShow("offers", false);
        loop.assertStable(PERSON);
    }

    @Test
    void choicesOfTwoDevicesAreOnePersons() {
        choose("u2", "offers", false);
        choose("u1", "newsletter", false);
        loop.runUntilNothingIsPending();
        edit(ada, Map.of("new_newsletter", true));

        loop.runUntilNothingIsPending();

        assertBothShow("offers", false);
        assertBothShow("newsletter", true);
        assertThat(loop.eventsOfOurs(PERSON)).hasSize(1);
        loop.assertStable(PERSON);
    }

    @Test
    void choiceOfASecondDeviceThatWasLostIsFound() {
        choose("u2", "offers", false);
        loop.loseAll();
        edit(ada, Map.of("new_newsletter", false));

        loop.runUntilNothingIsPending();

        assertBothShow("offers", false);
        assertBothShow("newsletter", false);
        assertThat(loop.eventsOfOurs(PERSON)).hasSize(1);
        loop.assertStable(PERSON);
    }

    @Test
    void defaultsOfARecreatedContactGiveWay() {
        systems.dataverse.deleteContact(ada);
        ada = systems.dataverse.addContact(Map.of("new_didomiid", PERSON));
        systems.clock.advance(Duration.ofMinutes(1));

        loop.runUntilNothingIsPending();

        assertBothShow("newsletter", true);
        assertBothShow("offers", true);
        assertThat(loop.eventsOfOurs(PERSON)).isEmpty();
        assertThat(systems.writesTo(ada)).isEqualTo(1);
        loop.assertStable(PERSON);
    }
}
