package io.github.consentbridge.sync.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.simulators.didomi.SimulatedChoice;
import io.github.consentbridge.sync.queue.Delivery;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A clock that is wrong in one system does not decide for the days until then. */
class SyncWorkerFutureDatesTest {
    private static final String PERSON = "ada";
    private static final Instant FUTURE = Instant.parse("2099-05-05T00:00:00Z");

    private Loop loop;
    private Systems systems;
    private UUID contact;

    @BeforeEach
    void start() {
        stop();
        loop = new Loop(Systems.document("\"bidirectional\": true,", Systems.NEWS));
        systems = loop.systems;
        contact = systems.contact(PERSON);
        choose("first", false, null);
        loop.runUntilNothingIsPending();
        day();
    }

    @AfterEach
    void stop() {
        if (loop != null) {
            loop.close();
        }
    }

    private void day() {
        systems.clock.advance(Duration.ofDays(1));
    }

    private void choose(String event, boolean granted, Instant at) {
        SimulatedChoice choice =
                SimulatedChoice.by(PERSON).didomiUser("u1").eventId(event).purpose("newsletter", granted);
        systems.didomi.choose(at == null ? choice : choice.at(at));
    }

    private void reconcile() {
        loop.handle(List.of(loop.observation(PERSON)));
        loop.runUntilNothingIsPending();
    }

    private void refuseInDynamics() {
        systems.dataverse.editContact(contact, Map.of("new_newsletter", false));
        loop.runUntilNothingIsPending();
    }

    private void assertBothShow(boolean granted) {
        assertThat(systems.didomi.enabled(PERSON, "newsletter")).as("Didomi").hasValue(granted);
        assertThat(systems.newsletter(contact)).as("Dynamics").isEqualTo(granted);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void grantFromTheFutureGivesWayToARefusalByStaff(boolean reported) {
        choose("future", true, FUTURE);
        if (!reported) {
            loop.loseAll();
            reconcile();
        }
        loop.runUntilNothingIsPending();
        assertBothShow(true);
        day();

        refuseInDynamics();
        day();
        reconcile();
        day();
        reconcile();

        assertBothShow(false);
        loop.assertStable(PERSON);
    }

    /** What the user shows does not change, so only Didomi's own time of the event says that it came after the staff's choice. */
    @ParameterizedTest
    @CsvSource({"false, true", "false, false", "true, true", "true, false"})
    void sameChoiceAgainFromTheFutureIsNewerThanTheOneOfStaff(boolean choice, boolean lost) {
        if (choice) {
            choose("granted", true, null);
            loop.runUntilNothingIsPending();
            day();
        }
        systems.dataverse.editContact(contact, Map.of("new_newsletter", !choice));
        systems.clock.advance(Duration.ofMinutes(1));
        choose("again", choice, FUTURE);
        List<Delivery> late = new ArrayList<>(loop.arriving());
        day();

        reconcile();
        if (!lost) {
            loop.handle(late);
            loop.runUntilNothingIsPending();
        }

        assertBothShow(choice);
        loop.assertStable(PERSON);
    }

    /** Reading the same event on a later day does not make it newer. */
    @Test
    void grantFromTheFutureGivesWayToARefusalInDidomi() {
        choose("future", true, FUTURE);
        loop.loseAll();
        reconcile();
        day();
        choose("refusal", false, null);
        loop.runUntilNothingIsPending();

        for (int times = 0; times < 3; times++) {
            day();
            reconcile();
        }

        assertBothShow(false);
        loop.assertStable(PERSON);
    }

    @Test
    void choicesAfterTheOneFromTheFutureStillReachBothSides() {
        choose("future", true, FUTURE);
        loop.runUntilNothingIsPending();
        day();
        refuseInDynamics();
        day();
        choose("again", true, null);
        loop.runUntilNothingIsPending();
        assertBothShow(true);
        day();

        refuseInDynamics();

        assertBothShow(false);
        loop.assertStable(PERSON);
    }

    @Test
    void dateThatIsADayAheadDoesNotComeTrueLater() {
        choose("tomorrow", true, systems.clock.instant().plus(Duration.ofHours(30)));
        loop.runUntilNothingIsPending();
        systems.clock.advance(Duration.ofHours(1));
        refuseInDynamics();
        day();
        day();

        reconcile();

        assertBothShow(false);
    }

    private Delivery grantedWithModifiedOn(Instant time) {
        StaffActions.Body body = systems.staff().editBody(contact, Map.of("new_newsletter", true));
        loop.loseAll();
        ObjectNode root = body.json();
        String date = "/Date(" + time.toEpochMilli() + ")/";
        for (String holder : List.of("/InputParameters/0/value/Attributes", "/PostEntityImages/0/value/Attributes")) {
            root.at(holder).forEach(attribute -> {
                if (attribute.path("key").asText().equals("modifiedon")) {
                    ((ObjectNode) attribute).put("value", date);
                }
            });
        }
        return systems.staff().call(body);
    }

    @Test
    void changeOfAContactFromTheFutureGivesWayToARefusalOnline() {
        loop.handle(List.of(grantedWithModifiedOn(FUTURE)));
        assertBothShow(true);
        day();

        choose("refusal", false, null);
        loop.runUntilNothingIsPending();

        assertBothShow(false);
        loop.assertStable(PERSON);
    }

    @Test
    void rowFromTheFutureIsDatedAtTheMomentItWasFirstRead() {
        Instant now = systems.clock.instant();
        systems.clock.advance(Duration.ofDays(400));
        systems.dataverse.editContact(contact, Map.of("new_newsletter", true));
        loop.loseAll();
        systems.clock.advance(Duration.between(systems.clock.instant(), now));
        reconcile();
        assertBothShow(true);
        day();
        reconcile();

        choose("refusal", false, null);
        loop.runUntilNothingIsPending();
        day();
        reconcile();

        assertBothShow(false);
    }

    @Test
    void auditRecordFromTheFutureIsDatedAtTheMomentItWasRead() {
        systems.dataverse.auditing("new_newsletter");
        Instant now = systems.clock.instant();
        systems.clock.advance(Duration.ofDays(400));
        systems.dataverse.editContact(contact, Map.of("new_newsletter", true));
        loop.loseAll();
        systems.clock.advance(Duration.between(systems.clock.instant(), now));
        reconcile();
        assertBothShow(true);
        day();

        choose("refusal", false, null);
        loop.runUntilNothingIsPending();
        day();
        reconcile();

        assertBothShow(false);
    }

    /** A wrong date that is reported twice counts from its first report, whichever arrives first. */
    @Test
    void orderOfTheReportsDoesNotMatter() {
        for (int seed = 0; seed < 30; seed++) {
            start();
            choose("future", true, FUTURE);
            List<Delivery> all = new ArrayList<>(loop.arriving());
            day();
            choose("refusal", false, null);
            all.addAll(loop.arriving());
            day();
            List<Delivery> repeated = all.stream()
                    .map(delivery -> systems.delivery(PERSON, delivery.body()))
                    .toList();
            all.addAll(repeated);
            Random random = new Random(seed);
            Collections.shuffle(all, random);

            while (!all.isEmpty()) {
                int count = 1 + random.nextInt(all.size());
                loop.handle(List.copyOf(all.subList(0, count)));
                all.subList(0, count).clear();
            }
            day();
            reconcile();

            assertThat(systems.newsletter(contact)).as("seed %s", seed).isEqualTo(false);
            assertThat(systems.didomi.enabled(PERSON, "newsletter"))
                    .as("seed %s", seed)
                    .hasValue(false);
        }
    }
}
