package io.github.consentbridge.mapping.settle;

import static io.github.consentbridge.mapping.settle.Cases.at;
import static io.github.consentbridge.mapping.settle.Cases.decision;
import static io.github.consentbridge.mapping.settle.Cases.didomi;
import static io.github.consentbridge.mapping.settle.Cases.dynamics;
import static io.github.consentbridge.mapping.settle.Cases.reported;
import static io.github.consentbridge.mapping.settle.Cases.shows;
import static io.github.consentbridge.mapping.settle.Cases.user;
import static io.github.consentbridge.mapping.settle.World.COLUMN;
import static io.github.consentbridge.mapping.settle.World.F;
import static io.github.consentbridge.mapping.settle.World.NEWSLETTER;
import static io.github.consentbridge.mapping.settle.World.T;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.mapping.consent.Choice;
import io.github.consentbridge.mapping.consent.ClockRule;
import io.github.consentbridge.mapping.consent.ConsentRecordId;
import io.github.consentbridge.mapping.consent.DidomiState;
import io.github.consentbridge.mapping.consent.Observation;
import io.github.consentbridge.mapping.consent.Stamp;
import io.github.consentbridge.mapping.document.ConsentValue;
import io.github.consentbridge.mapping.document.DidomiPath;
import io.github.consentbridge.mapping.document.Regulation;
import io.github.consentbridge.mapping.document.Wins;
import io.github.consentbridge.mapping.settle.SettleInput.DidomiRead;
import io.github.consentbridge.mapping.settle.Settlement.Need;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which event stands for which choice: that of the same user, value and date. Both sides know a grant of second 10. */
class EventBackingTest {
    private static final ConsentRecordId OTHER = new ConsentRecordId(Regulation.GDPR, new DidomiPath.Purpose("events"));
    private static final Instant FUTURE = Instant.parse("2099-01-01T00:00:00Z");

    private final Settler settler = new Settler(ContactMapping.of(List.of(World.mapped(COLUMN, false))));
    private final Person known =
            World.granted(World.Merge.BY_DATE, false).ledger().person();

    private static Choice event(String userId, ConsentValue value, int second) {
        return Choice.inDidomi(NEWSLETTER, userId, value, at(second), "e" + second);
    }

    private static Choice future(ConsentValue value, Instant claimed, int toldAt) {
        return Choice.inDidomi(NEWSLETTER, "u1", value, claimed, "f" + toldAt).counted(new ClockRule(at(toldAt)));
    }

    private static DidomiState silent(String userId, int second) {
        return new DidomiState(userId, Regulation.GDPR, new Stamp(Choice.UNKNOWN_VERSION, at(second)), null, Map.of());
    }

    private Person told(Person before, Choice... choices) {
        return settler.settle(before, SettleInput.reported(List.of(choices), List.of(), null))
                .person();
    }

    private Person revoked(Person before, Choice... events) {
        return settler.settle(before, new SettleInput(List.of(), List.of(events), List.of(), null, DidomiRead.NOTHING))
                .person();
    }

    private Settlement users(Person before, List<Choice> choices, DidomiState... states) {
        return settler.settle(before, new SettleInput(choices, List.of(), List.of(states), null, DidomiRead.USERS));
    }

    private Settlement events(Person before, List<Choice> events, DidomiState... states) {
        return settler.settle(
                before,
                new SettleInput(List.of(), List.of(), List.of(states), null, DidomiRead.USERS)
                        .eventsRead(events, List.of()));
    }

    private static Replica replica(Person person, String userId) {
        return person.record(NEWSLETTER).user(userId);
    }

    @Test
    void revokedEventTakesItsChoiceAlong() {
        assertThat(replica(revoked(known, event("u1", T, 10)), "u1").reported()).isNull();
    }

    static Stream<Choice> otherEvents() {
        return Stream.of(
                event("u2", T, 10),
                event("u1", F, 10),
                event("u1", T, 11),
                Choice.inDidomi(OTHER, "u1", T, at(10), "e"));
    }

    @ParameterizedTest
    @MethodSource("otherEvents")
    void revokedEventOfAnotherUserValueDateOrPurposeTakesNothingAlong(Choice event) {
        assertThat(decision(revoked(known, event))).isEqualTo(decision(known));
    }

    /** Where an event or a choice names no user, it may be that of any. */
    @Test
    void userWhoIsNotNamedMayBeAnyone() {
        Person nameless = told(Person.unknown(World.PERSON), event("", T, 10));

        assertThat(replica(revoked(known, event("", T, 10)), "u1").reported()).isNull();
        assertThat(replica(revoked(nameless, event("u1", T, 10)), "").reported())
                .isNull();
        assertThat(replica(revoked(nameless, event("u1", T, 11)), "").reported())
                .isNotNull();
    }

    @Test
    void choiceThatIsReportedTogetherWithItsDeletionReplacesNothing() {
        SettleInput both =
                new SettleInput(reported(didomi(F, 12)), reported(didomi(F, 12)), List.of(), null, DidomiRead.NOTHING);

        assertThat(decision(settler.settle(known, both).person())).isEqualTo(decision(known));
    }

    @Test
    void deletedEventInDidomiTakesNoChoiceOfStaffAlong() {
        SettleInput input = new SettleInput(
                reported(dynamics(F, 12)), reported(didomi(F, 12)), List.of(), shows(false, 12), DidomiRead.NOTHING);

        assertThat(decision(settler.settle(known, input).person()).decidedAt()).isEqualTo(at(12));
    }

    @Test
    void revokedEventFromTheFutureTakesItsChoiceAlong() {
        Person refused = told(known, future(F, FUTURE, 20));

        Person left = revoked(refused, future(F, FUTURE, 30));

        assertThat(decision(refused).value()).isEqualTo(F);
        assertThat(decision(left)).isEqualTo(decision(known));
    }

    /** A grant of which Didomi shows nothing, which is known: its event exists, and the user was imported without it. */
    private Person granteeWhoShowsNothing() {
        Person silent = events(known, reported(didomi(T, 10)), silent("u1", 20)).person();
        assertThat(decision(silent)).isEqualTo(decision(known));
        return silent;
    }

    @Test
    void valueThatVanishedLongAgoAsksForNothing() {
        assertThat(users(granteeWhoShowsNothing(), List.of(), silent("u1", 22)).need())
                .isEqualTo(Need.NOTHING);
    }

    @Test
    void choiceInHandThatItsUserDoesNotShowAsksForTheEvents() {
        assertThat(users(granteeWhoShowsNothing(), reported(didomi(T, 10)), silent("u1", 22))
                        .need())
                .isEqualTo(Need.DIDOMI_EVENTS);
    }

    static Stream<Choice> otherChoices() {
        return Stream.of(
                event("u1", F, 9), event("u1", T, 9), event("u2", T, 10), Choice.inDidomi(OTHER, "u1", T, at(10), "e"));
    }

    @ParameterizedTest
    @MethodSource("otherChoices")
    void anotherChoiceInHandAsksForNothing(Choice choice) {
        assertThat(users(granteeWhoShowsNothing(), reported(choice), silent("u1", 22))
                        .need())
                .isEqualTo(Need.NOTHING);
    }

    /** The newest event is a grant, and the user shows a refusal: the events are incomplete. */
    @Test
    void olderEventDoesNotExplainWhatAUserShows() {
        Person granted = told(known, didomi(T, 16));

        Settlement settled = events(granted, reported(didomi(F, 12), didomi(T, 14)), user("u1", F, 20));

        assertThat(replica(settled.person(), "u1").reported())
                .isNotNull()
                .extracting(ReportedChoice::decidedAt)
                .isEqualTo(at(16));
    }

    @Test
    void stateOfAnotherUserSaysNothing() {
        Person granted = told(known, didomi(T, 14));

        Settlement settled =
                events(granted, reported(didomi(F, 12), event("u2", T, 13)), user("u1", F, 20), user("u2", T, 19));

        assertThat(replica(settled.person(), "u1").reported())
                .isNotNull()
                .extracting(ReportedChoice::value)
                .isEqualTo(F);
        assertThat(decision(settled.person()).decidedAt()).isEqualTo(at(13));
    }

    /** The answer gives every future event the moment of reading: the one that is known stays as old as it was. */
    @Test
    void eventFromTheFutureThatIsKnownDoesNotGrowYounger() {
        Person refused = told(known, future(T, FUTURE, 20), dynamics(F, 30));

        Settlement settled = events(refused, reported(didomi(T, 10), future(T, FUTURE, 40)), user("u1", T, 25));

        assertThat(decision(settled.person()).decidedAt()).isEqualTo(at(30));
        assertThat(settled.person().record(NEWSLETTER).user("u1").futureDated())
                .extracting(FutureDatedChoice::at)
                .containsExactly(at(20));
    }

    /** The user has shown a grant since second 10. The event that was told at 20 repeats it: it is a later choice. */
    @Test
    void eventFromTheFutureThatIsKnownDoesNotGrowOlder() {
        Person granted = told(known, future(T, FUTURE, 20), dynamics(F, 15));

        Settlement settled = events(granted, reported(didomi(T, 10), future(T, FUTURE, 40)), user("u1", T, 25));

        assertThat(decision(settled.person()))
                .extracting(Decision::value, Decision::decidedAt)
                .containsExactly(T, at(20));
    }

    /** The user has shown the grant since second 20, as a delivery told: its event is no later than that. */
    @Test
    void eventFromTheFutureIsNoLaterThanItsValueWasShown() {
        Stamp stamp = new Stamp(Choice.UNKNOWN_VERSION, at(20));
        DidomiState explained = new DidomiState(
                "u1",
                Regulation.GDPR,
                stamp,
                null,
                Map.of(NEWSLETTER, new Observation(T, Observation.Origin.EXPLAINED)));
        Person shown = users(told(known, didomi(F, 15)), List.of(), explained).person();

        Settlement settled = events(
                told(shown, dynamics(F, 30)),
                reported(didomi(T, 10), didomi(F, 15), future(T, FUTURE, 40)),
                user("u1", T, 35));

        assertThat(decision(settled.person()).decidedAt()).isEqualTo(at(30));
    }

    /** Until second 35 the user showed the refusal of 15: the grant may be as young as the state that shows it. */
    @Test
    void eventFromTheFutureIsNotAsOldAsAnotherValue() {
        Person shown =
                users(told(known, didomi(F, 15)), List.of(), user("u1", F, 15)).person();

        Settlement settled = events(
                told(shown, dynamics(F, 30)),
                reported(didomi(T, 10), didomi(F, 15), future(T, FUTURE, 40)),
                user("u1", T, 35));

        assertThat(decision(settled.person()))
                .extracting(Decision::value, Decision::decidedAt)
                .containsExactly(T, at(35));
    }

    @Test
    void anotherKnownEventFromTheFutureSaysNothing() {
        Person told = told(known, future(F, FUTURE.minusSeconds(60), 15));
        Person shown = users(told, List.of(), user("u1", T, 20)).person();

        Settlement settled = events(
                told(shown, dynamics(F, 30)),
                reported(didomi(T, 10), future(F, FUTURE.minusSeconds(60), 40), future(T, FUTURE, 40)),
                user("u1", T, 35));

        assertThat(decision(settled.person()).decidedAt()).isEqualTo(at(30));
    }

    private Person grantInferredAt16() {
        Person refused =
                users(told(known, didomi(F, 12)), List.of(), user("u1", F, 12)).person();
        Person inferred = users(refused, List.of(), user("u1", T, 16)).person();
        assertThat(replica(inferred, "u1").inferred()).isNotNull();
        return inferred;
    }

    static Stream<Choice> namingNoUser() {
        return Stream.of(
                event("", T, 14),
                Choice.inDidomi(NEWSLETTER, "", T, FUTURE, "f").decidedAt(at(40)));
    }

    @ParameterizedTest
    @MethodSource("namingNoUser")
    void eventThatNamesNoUserMayBeTheInferredChoice(Choice event) {
        Settlement settled = events(grantInferredAt16(), reported(didomi(F, 12), event), user("u1", T, 20));

        assertThat(replica(settled.person(), "u1").inferred()).isNotNull();
    }

    @Test
    void eventOfAnotherValueIsNotTheInferredChoice() {
        Choice future = Choice.inDidomi(NEWSLETTER, "", F, FUTURE, "f").decidedAt(at(40));

        Settlement settled = events(grantInferredAt16(), reported(didomi(F, 12), future), user("u1", F, 20));

        assertThat(replica(settled.person(), "u1").inferred()).isNull();
    }

    /** A delivery told of the change at second 20, and names no event. */
    @Test
    void undatedChoiceFromTheFutureIsNoLaterThanItWasTold() {
        Choice undated = Choice.atTheLatest(NEWSLETTER, "u1", T, FUTURE, "n").decidedAt(at(20));
        SettleInput input = new SettleInput(
                        reported(undated), List.of(), List.of(user("u1", T, 35)), null, DidomiRead.USERS)
                .eventsRead(reported(didomi(F, 12), future(T, FUTURE, 40)), List.of());

        Person refused =
                users(told(known, didomi(F, 12)), List.of(), user("u1", F, 12)).person();

        Person granted = settler.settle(refused, input).person();

        assertThat(granted.record(NEWSLETTER).decision(Wins.NEWEST))
                .get()
                .extracting(Decision::value, Decision::decidedAt)
                .containsExactly(T, at(20));
    }

    /**
     * The user refused at second 14, and the answer about the events did not contain that yet. The grant of 15 was seen at
     * 16, and its event is deleted since. The grant of 12 was known all the time.
     */
    @Test
    void eventThatWasKnownBeforeDoesNotStandForTheInferredChoice() {
        Person granted = told(known, didomi(T, 12));
        Settlement refused = events(granted, reported(didomi(T, 12)), user("u1", F, 14));
        Settlement grantedAgain = users(refused.person(), List.of(), user("u1", T, 16));
        assertThat(List.of(refused.need(), grantedAgain.need())).containsOnly(Need.NOTHING);
        assertThat(decision(grantedAgain.person()).decidedAt()).isEqualTo(at(16));

        Settlement settled = events(grantedAgain.person(), reported(didomi(T, 12), didomi(F, 14)), user("u1", F, 20));

        assertThat(settled.events()).isEmpty();
        assertThat(decision(settled.person()))
                .extracting(Decision::value, Decision::decidedAt)
                .containsExactly(F, at(14));
    }
}
