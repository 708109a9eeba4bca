package io.github.consentbridge.sync.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.simulators.dataverse.DataverseDelivery;
import io.github.consentbridge.simulators.didomi.SimulatedChoice;
import io.github.consentbridge.sync.queue.Delivery;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Grace refused the newsletter online. Staff merge a second contact into hers and take over its grant: nobody decided
 * that.
 */
class SyncWorkerMergeTest {
    private static final String PERSON = "grace";
    private static final JsonMapper MAPPER = new JsonMapper();

    private final Loop loop = new Loop(Systems.document("\"bidirectional\": true,", Systems.NEWS, Systems.NO_NEWS));
    private final Systems systems = loop.systems;
    private UUID survivor;
    private UUID subordinate;

    @BeforeEach
    void start() {
        survivor = systems.contact(PERSON);
        subordinate = systems.dataverse.addContact(Map.of("new_newsletter", true, "new_nonews", false));
        loop.loseAll();
        systems.didomi.choose(SimulatedChoice.by(PERSON).didomiUser("u1").purpose("newsletter", false));
        loop.runUntilNothingIsPending();
        systems.clock.advance(Duration.ofHours(1));
    }

    @AfterEach
    void stop() {
        loop.close();
    }

    private void merge() {
        systems.dataverse.mergeContacts(survivor, subordinate, Map.of("new_newsletter", true, "new_nonews", false));
        systems.clock.advance(Duration.ofMinutes(1));
    }

    private void assertRefused() {
        assertThat(systems.didomi.enabled(PERSON, "newsletter")).hasValue(false);
        assertThat(systems.dataverse.contact(survivor))
                .containsEntry("new_newsletter", false)
                .containsEntry("new_nonews", true);
    }

    @Test
    void grantThatAMergeCopiesIsNotAChoice() {
        merge();

        loop.runUntilNothingIsPending();

        assertRefused();
        assertThat(loop.eventsOfOurs(PERSON)).isEmpty();
        loop.assertStable(PERSON);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 20})
    void mergeIsRecognisedAtAnyDepth(int depth) {
        merge();
        DataverseDelivery update = systems.dataverse.pending().get(0);
        loop.loseAll();

        loop.handle(List.of(delivery(nested(update.body(), depth))));

        assertRefused();
        assertThat(loop.eventsOfOurs(PERSON)).isEmpty();
    }

    /** Plug-ins of plug-ins: the merge is the outermost parent. */
    private static String nested(String body, int depth) {
        ObjectNode root = object(body);
        ObjectNode merge = (ObjectNode) root.get("ParentContext");
        ObjectNode parent = merge;
        for (int level = 0; level < depth; level++) {
            ObjectNode custom = MAPPER.createObjectNode().put("MessageName", "new_Tidy" + level);
            custom.set("ParentContext", parent);
            parent = custom;
        }
        root.set("ParentContext", parent);
        return root.toString();
    }

    private static ObjectNode object(String body) {
        try {
            return (ObjectNode) MAPPER.readTree(body);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Delivery delivery(String body) {
        return Delivery.received(Side.DYNAMICS, PERSON, systems.clock.instant(), body);
    }

    @Test
    void copiedValueFoundBeforeItsDeliveryGivesWayToIt() {
        merge();
        String update = systems.dataverse.pending().get(0).body();
        loop.loseAll();
        loop.handle(List.of(loop.observation(PERSON)));
        loop.runUntilNothingIsPending();

        loop.handle(List.of(delivery(update)));
        loop.runUntilNothingIsPending();

        assertRefused();
        loop.assertStable(PERSON);
    }

    @Test
    void repeatedMergeDeliveryIsHarmless() {
        merge();
        String update = systems.dataverse.pending().get(0).body();
        loop.runUntilNothingIsPending();
        systems.dataverse.editContact(survivor, Map.of("new_newsletter", true));
        systems.clock.advance(Duration.ofMinutes(1));
        loop.runUntilNothingIsPending();

        loop.handle(List.of(delivery(update)));

        assertThat(systems.didomi.enabled(PERSON, "newsletter")).hasValue(true);
        assertThat(systems.newsletter(survivor)).isEqualTo(true);
        loop.assertStable(PERSON);
    }

    @Test
    void choiceByStaffAfterTheMergeStands() {
        merge();
        systems.dataverse.editContact(survivor, Map.of("new_newsletter", false));
        systems.clock.advance(Duration.ofMinutes(1));
        systems.dataverse.editContact(survivor, Map.of("new_newsletter", true));
        systems.clock.advance(Duration.ofMinutes(1));

        loop.runUntilNothingIsPending();

        assertThat(systems.didomi.enabled(PERSON, "newsletter")).hasValue(true);
        loop.assertStable(PERSON);
    }

    @Test
    void auditHistoryTellsAMergeWhoseDeliveryWasLost() {
        systems.dataverse.auditing("new_newsletter", "new_nonews");
        merge();
        loop.loseAll();

        systems.handle(systems.worker(), loop.observation(PERSON));

        assertRefused();
        assertThat(loop.eventsOfOurs(PERSON)).isEmpty();
    }
}
