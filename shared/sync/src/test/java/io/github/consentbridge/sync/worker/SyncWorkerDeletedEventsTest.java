package io.github.consentbridge.sync.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.simulators.didomi.SimulatedChoice;
import io.github.consentbridge.sync.queue.Delivery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Events are deleted or edited in Didomi: what no event backs any more is no choice, and is never posted back. */
class SyncWorkerDeletedEventsTest {
    private static final String PERSON = "ada";

    private Loop loop = new Loop(Systems.document("\"bidirectional\": true,", Systems.NEWS));
    private Systems systems = loop.systems;
    private UUID contact = systems.contact(PERSON);

    @AfterEach
    void stop() {
        loop.close();
    }

    private void use(String properties) {
        loop.close();
        loop = new Loop(Systems.document(properties, Systems.NEWS));
        systems = loop.systems;
        contact = systems.contact(PERSON);
    }

    private void choose(String event, boolean granted) {
        systems.didomi.choose(
                SimulatedChoice.by(PERSON).didomiUser("u1").eventId(event).purpose("newsletter", granted));
        systems.clock.advance(Duration.ofHours(1));
    }

    private void refuseAndGrant() {
        choose("refusal", false);
        choose("grant", true);
        loop.runUntilNothingIsPending();
        assertThat(systems.newsletter(contact)).isEqualTo(true);
    }

    private void delete(String event) {
        systems.didomi.deleteEvent(PERSON, event);
        systems.clock.advance(Duration.ofMinutes(1));
    }

    private void reconcile() {
        loop.handle(List.of(loop.observation(PERSON)));
        loop.runUntilNothingIsPending();
    }

    private void assertBothShow(boolean granted) {
        assertThat(systems.didomi.enabled(PERSON, "newsletter")).as("Didomi").hasValue(granted);
        assertThat(systems.newsletter(contact)).as("Dynamics").isEqualTo(granted);
    }

    private Delivery lean(String type, String event) {
        return systems.delivery(PERSON, """
                {"type": "%s", "parameters": {"entity": {"id": "%s",
                  "user": {"id": "u1", "organization_user_id": "%s"}}}}""".formatted(type, event, PERSON));
    }

    @Test
    void deletedGrantLeavesTheRefusalBeforeIt() {
        refuseAndGrant();

        delete("grant");
        loop.runUntilNothingIsPending();

        assertBothShow(false);
        assertThat(loop.eventsOfOurs(PERSON)).isEmpty();
        loop.assertStable(PERSON);
    }

    @Test
    void deletedGrantWhoseBodyListsNothingIsNotPostedBack() {
        refuseAndGrant();
        delete("grant");
        loop.loseAll();

        loop.handle(List.of(lean("event.deleted", "grant")));
        loop.runUntilNothingIsPending();

        assertBothShow(false);
        assertThat(loop.eventsOfOurs(PERSON)).isEmpty();
        loop.assertStable(PERSON);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void deletionThatNoWebhookReportedIsFound(boolean bidirectional) {
        use("\"bidirectional\": %s,".formatted(bidirectional));
        refuseAndGrant();
        delete("grant");
        loop.loseAll();

        reconcile();

        assertBothShow(false);
        assertThat(loop.eventsOfOurs(PERSON)).isEmpty();
    }

    /** The later refusal by staff is older than the deletion, and newer than the event that is left. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsLeftCountsWithItsOwnDate(boolean reported) {
        choose("first", true);
        loop.runUntilNothingIsPending();
        systems.dataverse.editContact(contact, Map.of("new_newsletter", false));
        systems.clock.advance(Duration.ofHours(1));
        loop.runUntilNothingIsPending();
        choose("second", true);
        loop.runUntilNothingIsPending();
        assertBothShow(true);

        delete("second");
        if (!reported) {
            loop.loseAll();
            reconcile();
        }
        loop.runUntilNothingIsPending();

        assertBothShow(false);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void deletionOfTheOnlyChoiceInDidomiLeavesThatOfStaff(boolean bidirectional) {
        use("\"bidirectional\": %s,".formatted(bidirectional));
        for (boolean granted : new boolean[] {true, false}) {
            systems.dataverse.editContact(contact, Map.of("new_newsletter", granted));
            systems.clock.advance(Duration.ofHours(1));
            loop.runUntilNothingIsPending();
        }
        choose("grant", true);
        loop.runUntilNothingIsPending();
        assertThat(systems.newsletter(contact)).isEqualTo(true);

        delete("grant");
        loop.runUntilNothingIsPending();

        assertThat(systems.newsletter(contact)).isEqualTo(false);
        assertThat(systems.didomi.enabled(PERSON, "newsletter"))
                .isEqualTo(bidirectional ? Optional.of(false) : Optional.empty());
        loop.assertStable(PERSON);
    }

    @Test
    void silenceInDidomiIsNotFilledWithItsOwnPast() {
        choose("grant", true);
        loop.runUntilNothingIsPending();

        delete("grant");
        loop.runUntilNothingIsPending();

        assertThat(systems.didomi.enabled(PERSON, "newsletter")).isEmpty();
        assertThat(loop.eventsOfOurs(PERSON)).isEmpty();
        assertThat(systems.ledger.entry(Systems.key(PERSON)).person().records().values())
                .allSatisfy(record -> assertThat(record.choice(Side.DIDOMI)).isNull());
        loop.assertStable(PERSON);
    }

    @Test
    void vanishedValueThatNoWebhookReportedIsNoChoiceAnyMore() {
        choose("grant", true);
        loop.runUntilNothingIsPending();
        delete("grant");
        loop.loseAll();

        reconcile();

        assertThat(systems.didomi.enabled(PERSON, "newsletter")).isEmpty();
        assertThat(systems.ledger.entry(Systems.key(PERSON)).person().records().values())
                .allSatisfy(record -> assertThat(record.choice(Side.DIDOMI)).isNull());
    }

    @Test
    void deletedEventOfOursIsPostedAgain() {
        choose("grant", true);
        loop.runUntilNothingIsPending();
        systems.dataverse.editContact(contact, Map.of("new_newsletter", false));
        systems.clock.advance(Duration.ofHours(1));
        loop.runUntilNothingIsPending();
        String ours = loop.eventsOfOurs(PERSON).get(0).path("id").asText();

        delete(ours);
        loop.runUntilNothingIsPending();

        assertBothShow(false);
        loop.assertStable(PERSON);
    }

    @Test
    void inferredChoiceWhoseEventIsDeletedIsDropped() {
        choose("refusal", false);
        loop.runUntilNothingIsPending();
        choose("grant", true);
        loop.loseAll();
        reconcile();
        assertBothShow(true);

        delete("grant");
        loop.loseAll();
        loop.handle(List.of(lean("event.deleted", "grant")));
        loop.runUntilNothingIsPending();

        assertBothShow(false);
        assertThat(loop.eventsOfOurs(PERSON)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"true, false", "false, true"})
    void editedEventCountsWithItsNewValue(boolean first, boolean edited) {
        choose("only", first);
        loop.runUntilNothingIsPending();

        systems.didomi.editEvent(PERSON, "only", Map.of("newsletter", edited));
        systems.clock.advance(Duration.ofMinutes(1));
        loop.runUntilNothingIsPending();

        assertBothShow(edited);
        assertThat(loop.eventsOfOurs(PERSON)).isEmpty();
        loop.assertStable(PERSON);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void lateReportOfADeletedEventChangesNothing(boolean bidirectional) {
        use("\"bidirectional\": %s,".formatted(bidirectional));
        choose("refusal", false);
        loop.runUntilNothingIsPending();
        choose("grant", true);
        List<Delivery> late = loop.arriving();
        delete("grant");
        loop.runUntilNothingIsPending();

        loop.handle(late);
        loop.runUntilNothingIsPending();

        assertBothShow(false);
        assertThat(loop.eventsOfOurs(PERSON)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void orderOfTheDeliveriesOfADeletionDoesNotMatter(boolean bidirectional) {
        for (int seed = 0; seed < 40; seed++) {
            use("\"bidirectional\": %s,".formatted(bidirectional));
            choose("refusal", false);
            choose("grant", true);
            delete("grant");

            handleShuffled(seed);

            assertThat(systems.newsletter(contact)).as("seed %s", seed).isEqualTo(false);
            assertThat(loop.eventsOfOurs(PERSON)).as("seed %s", seed).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void orderOfTheDeliveriesOfAnEditDoesNotMatter(boolean bidirectional, boolean edited) {
        for (int seed = 0; seed < 20; seed++) {
            use("\"bidirectional\": %s,".formatted(bidirectional));
            choose("only", !edited);
            systems.didomi.editEvent(PERSON, "only", Map.of("newsletter", edited));
            systems.clock.advance(Duration.ofMinutes(1));

            handleShuffled(seed);

            assertThat(systems.newsletter(contact)).as("seed %s", seed).isEqualTo(edited);
            assertThat(loop.eventsOfOurs(PERSON)).as("seed %s", seed).isEmpty();
        }
    }

    /** Everything that Didomi announces, each twice, in random order and groups. */
    private void handleShuffled(int seed) {
        List<Delivery> all = new ArrayList<>(loop.arriving());
        all.addAll(List.copyOf(all));
        Random random = new Random(seed);
        Collections.shuffle(all, random);
        while (!all.isEmpty()) {
            int count = 1 + random.nextInt(all.size());
            loop.handle(List.copyOf(all.subList(0, count)));
            all.subList(0, count).clear();
        }
        loop.runUntilNothingIsPending();
    }

    @Test
    void eventWithoutADateHasUsersAndEventsRead() {
        choose("refusal", false);
        loop.runUntilNothingIsPending();
        choose("grant", true);
        loop.loseAll();

        loop.handle(List.of(lean("event.created", "grant")));

        assertBothShow(true);
        assertThat(systems.ledger.entry(Systems.key(PERSON)).person().records().values())
                .singleElement()
                .satisfies(record ->
                        assertThat(record.choice(Side.DIDOMI).decidedAt()).isEqualTo("2026-03-01T09:00:00Z"));
    }
}
