package io.github.consentbridge.sync.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.simulators.didomi.SimulatedChoice;
import io.github.consentbridge.sync.queue.Delivery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Both directions together: the newest choice stands on both sides, by as few writes as there are changes. */
@Tag("every-store")
class SyncWorkerFullLoopTest {
    private static final String PERSON = "ada";

    private final Loop loop = new Loop(Systems.document(
            "\"bidirectional\": true,", Systems.NEWS, Systems.NO_NEWS, Systems.OFFERS, Systems.FREQUENCY));
    private final Systems systems = loop.systems;
    private UUID ada;
    private Loop.Writes before;

    /** At eight the newsletter was granted in Didomi, and both sides show it. */
    @BeforeEach
    void start() {
        ada = systems.contact(PERSON);
        choose(choice().purpose("newsletter", true));
        loop.runUntilNothingIsPending();
        before = loop.writes();
    }

    @AfterEach
    void stop() {
        loop.close();
    }

    private static SimulatedChoice choice() {
        return SimulatedChoice.by(PERSON).didomiUser("u1");
    }

    private void choose(SimulatedChoice choice) {
        systems.didomi.choose(choice);
        systems.clock.advance(Duration.ofMinutes(1));
    }

    private void edit(Map<String, ?> changes) {
        systems.dataverse.editContact(ada, changes);
        systems.clock.advance(Duration.ofMinutes(1));
    }

    private void assertNewsletter(boolean granted) {
        assertThat(systems.didomi.enabled(PERSON, "newsletter")).hasValue(granted);
        assertThat(systems.dataverse.contact(ada))
                .containsEntry("new_newsletter", granted)
                .containsEntry("new_nonews", !granted);
    }

    private void assertFrequency(String value, int option) {
        assertThat(systems.didomi.preference(PERSON, "newsletter", "frequency")).hasValue(value);
        assertThat(systems.dataverse.contact(ada)).containsEntry("new_frequency", option);
    }

    private void assertWritten(int rows, int events) {
        assertThat(loop.writes().rows() - before.rows()).as("rows written").isEqualTo(rows);
        assertThat(loop.writes().events() - before.events()).as("events posted").isEqualTo(events);
    }

    @Test
    void choiceInDidomiIsOneWriteOfTheRow() {
        choose(choice().purpose("newsletter", false).preference("newsletter", "frequency", "weekly"));

        loop.runUntilNothingIsPending();

        assertNewsletter(false);
        assertFrequency("weekly", 1);
        assertWritten(1, 0);
        loop.assertStable(PERSON);
    }

    @Test
    void choiceInDynamicsIsOneEvent() {
        edit(Map.of("new_newsletter", false, "new_nonews", true));

        loop.runUntilNothingIsPending();

        assertNewsletter(false);
        assertWritten(0, 1);
        loop.assertStable(PERSON);
    }

    @Test
    void otherColumnOfWhatStaffChoseFollowsByOneWriteMore() {
        edit(Map.of("new_nonews", true));

        loop.runUntilNothingIsPending();

        assertNewsletter(false);
        assertWritten(1, 1);
        loop.assertStable(PERSON);
    }

    /** How the deliveries of two choices come in; what is lost is found at the next look. */
    enum Arrival {
        TOGETHER((loop, deliveries) -> loop.handle(deliveries)),
        ONE_BY_ONE((loop, deliveries) -> deliveries.forEach(delivery -> loop.handle(List.of(delivery)))),
        SWAPPED((loop, deliveries) -> ONE_BY_ONE.way.in(loop, reversed(deliveries))),
        REPEATED((loop, deliveries) -> {
            ONE_BY_ONE.way.in(loop, deliveries);
            SWAPPED.way.in(loop, deliveries);
            TOGETHER.way.in(loop, deliveries);
        }),
        LOST((loop, deliveries) -> loop.handle(List.of(loop.observation(PERSON)))),
        LOST_AND_LATE((loop, deliveries) -> {
            LOST.way.in(loop, deliveries);
            loop.systems.clock.advance(Duration.ofDays(1));
            SWAPPED.way.in(loop, deliveries);
        });

        private interface Way {
            void in(Loop loop, List<Delivery> deliveries);
        }

        @SuppressWarnings("ImmutableEnumChecker") // The lambdas hold nothing.
        private final Way way;

        Arrival(Way way) {
            this.way = way;
        }

        private static List<Delivery> reversed(List<Delivery> deliveries) {
            List<Delivery> reversed = new ArrayList<>(deliveries);
            Collections.reverse(reversed);
            return reversed;
        }
    }

    private void arrive(Arrival arrival) {
        arrival.way.in(loop, loop.arriving());
        loop.runUntilNothingIsPending();
    }

    @ParameterizedTest
    @EnumSource
    void choiceInDidomiAloneHoweverItArrives(Arrival arrival) {
        choose(choice().purpose("newsletter", false));

        arrive(arrival);

        assertNewsletter(false);
        assertWritten(1, 0);
        loop.assertStable(PERSON);
    }

    @ParameterizedTest
    @EnumSource
    void choiceInDynamicsAloneHoweverItArrives(Arrival arrival) {
        edit(Map.of("new_newsletter", false, "new_nonews", true));

        arrive(arrival);

        assertNewsletter(false);
        assertWritten(0, 1);
        loop.assertStable(PERSON);
    }

    @ParameterizedTest
    @EnumSource
    void laterChoiceInDidomiOverrulesStaffHoweverTheyArrive(Arrival arrival) {
        edit(Map.of("new_frequency", 2));
        choose(choice().preference("newsletter", "frequency", "weekly"));

        arrive(arrival);

        assertFrequency("weekly", 1);
        assertWritten(1, 0);
        loop.assertStable(PERSON);
    }

    @ParameterizedTest
    @EnumSource
    void laterChoiceByStaffOverrulesDidomiHoweverTheyArrive(Arrival arrival) {
        choose(choice().preference("newsletter", "frequency", "weekly"));
        edit(Map.of("new_frequency", 2));

        arrive(arrival);

        assertFrequency("monthly", 2);
        assertWritten(0, 1);
        loop.assertStable(PERSON);
    }

    @ParameterizedTest
    @EnumSource
    void choicesOfDifferentPurposesBothStandHoweverTheyArrive(Arrival arrival) {
        choose(choice().purpose("newsletter", false));
        edit(Map.of("new_offers", true));

        arrive(arrival);

        assertNewsletter(false);
        assertThat(systems.didomi.enabled(PERSON, "offers")).hasValue(true);
        assertThat(systems.dataverse.contact(ada)).containsEntry("new_offers", true);
        assertWritten(1, 1);
        loop.assertStable(PERSON);
    }

    private static Map<String, Object> cleared(String column) {
        return Collections.singletonMap(column, null);
    }

    private static Stream<Arguments> nothingOfDidomisConcern() {
        return Stream.of(
                Arguments.of("defaults", (Consumer<Systems>) systems -> systems.contact("grace")),
                Arguments.of("unmapped", (Consumer<Systems>)
                        systems -> systems.dataverse.editContact(contact(systems), Map.of("firstname", "Ada"))),
                Arguments.of("cleared", (Consumer<Systems>)
                        systems -> systems.dataverse.editContact(contact(systems), cleared("new_newsletter"))),
                Arguments.of("our write", (Consumer<Systems>)
                        systems -> systems.didomi.choose(choice().purpose("offers", true))),
                Arguments.of("recreated", (Consumer<Systems>) systems -> {
                    systems.dataverse.deleteContact(contact(systems));
                    systems.contact(PERSON);
                }),
                Arguments.of("deactivated", (Consumer<Systems>)
                        systems -> systems.dataverse.deactivateContact(contact(systems))));
    }

    private static UUID contact(Systems systems) {
        return systems.dataverse.contactIds().get(0);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("nothingOfDidomisConcern")
    void whatNobodyChoseInDynamicsIsNeverAnEvent(String what, Consumer<Systems> act) {
        act.accept(systems);
        systems.clock.advance(Duration.ofMinutes(1));

        loop.runUntilNothingIsPending();

        assertThat(loop.writes().events()).isEqualTo(before.events());
        loop.assertStable(PERSON, "grace");
        assertThat(loop.writes().events()).isEqualTo(before.events());
        assertThat(systems.didomi.events("grace")).isEmpty();
        assertThat(systems.dataverse.contact(contact(systems))).containsEntry("new_newsletter", true);
    }
}
