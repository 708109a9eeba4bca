package io.github.consentbridge.mapping.settle;

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
import io.github.consentbridge.mapping.consent.ContactState;
import io.github.consentbridge.mapping.consent.DidomiState;
import io.github.consentbridge.mapping.consent.Stamp;
import io.github.consentbridge.mapping.document.Regulation;
import io.github.consentbridge.mapping.document.Wins;
import io.github.consentbridge.mapping.settle.SettleInput.DidomiRead;
import io.github.consentbridge.mapping.settle.Settlement.Need;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The person refused at second 12 and granted at 14; both sides show the grant. Its event is deleted at 20. */
class SettlerDeletedEventsTest {
    private final Settler settler = new Settler(ContactMapping.of(List.of(World.mapped(COLUMN, false))));
    private final Person granted = granted();

    private Person granted() {
        Settlement settled = settler.settle(
                Person.unknown(World.PERSON),
                SettleInput.reported(
                        reported(didomi(F, 12), didomi(T, 14)), List.of(user("u1", T, 14)), shows(false, 10)));
        Person written = Confirmation.written(settled.person(), settled.columnWrites());
        return settler.settle(written, SettleInput.reported(List.of(), List.of(), shows(true, 15)))
                .person();
    }

    private Settlement read(Person before, DidomiState state, List<Choice> events, List<Choice> ours) {
        SettleInput users = new SettleInput(List.of(), List.of(), List.of(state), shows(true, 15), DidomiRead.USERS);
        return settler.settle(before, users.eventsRead(events, ours));
    }

    private static DidomiState silent(int second) {
        return new DidomiState(
                "u1", Regulation.GDPR, new Stamp(Choice.UNKNOWN_VERSION, Cases.at(second)), null, Map.of());
    }

    private void assertRefusedWithoutAnEvent(Settlement settled) {
        assertThat(Cases.decision(settled.person()).decidedAt()).isEqualTo(Cases.at(12));
        assertThat(settled.columnWrites())
                .extracting(Settlement.ColumnWrite::columnValue)
                .containsExactly(false);
        assertThat(settled.events()).isEmpty();
        assertThat(settled.need()).isEqualTo(Need.NOTHING);
    }

    @Test
    void whatIsLeftStandsWithItsOwnDate() {
        Settlement settled = read(granted, user("u1", F, 20), reported(didomi(F, 12)), List.of());

        assertRefusedWithoutAnEvent(settled);
        assertThat(settled.unreported()).isEmpty();
    }

    @Test
    void unreportedDeletionAsksForTheEvents() {
        Settlement settled = settler.settle(
                granted,
                new SettleInput(List.of(), List.of(), List.of(user("u1", F, 20)), shows(true, 15), DidomiRead.USERS));

        assertThat(settled.need()).isEqualTo(Need.DIDOMI_EVENTS);
    }

    @Test
    void vanishedValueAsksForTheEvents() {
        Settlement settled = settler.settle(
                granted, new SettleInput(List.of(), List.of(), List.of(silent(20)), shows(true, 15), DidomiRead.USERS));

        assertThat(settled.need()).isEqualTo(Need.DIDOMI_EVENTS);
    }

    @Test
    void silenceIsNotFilledWithWhatWasDeleted() {
        Settlement settled = read(granted, silent(20), List.of(), List.of());

        assertThat(settled.person().record(NEWSLETTER).decision(Wins.NEWEST)).isEmpty();
        assertThat(settled.writesNothing()).isTrue();
    }

    @Test
    void choiceThatIsReportedLateAsksForTheEventsAndIsDropped() {
        Person refused = read(granted, user("u1", F, 20), reported(didomi(F, 12)), List.of())
                .person();
        SettleInput late = SettleInput.reported(reported(didomi(T, 14)), List.of(), shows(false, 21));

        Settlement asked = settler.settle(refused, late);
        Settlement settled = settler.settle(
                refused,
                late.usersRead(List.of(), List.of(user("u1", F, 20))).eventsRead(reported(didomi(F, 12)), List.of()));

        assertThat(asked.need()).isEqualTo(Need.DIDOMI_EVENTS);
        assertThat(Cases.decision(settled.person()).value()).isEqualTo(F);
        assertThat(settled.writesNothing()).isTrue();
    }

    /** The answer about the events is older than the state: nothing was deleted. */
    @Test
    void eventsThatDoNotExplainTheStateRevokeNothing() {
        Settlement settled = read(granted, user("u1", T, 14), reported(didomi(F, 12)), List.of());

        assertThat(Cases.decision(settled.person()).decidedAt()).isEqualTo(Cases.at(14));
        assertThat(settled.writesNothing()).isTrue();
    }

    /** Both answers are older than the choice that was just reported. */
    @Test
    void choiceLaterThanTheStateIsNotRevoked() {
        SettleInput input = new SettleInput(
                reported(didomi(T, 30)), List.of(), List.of(user("u1", F, 20)), shows(true, 15), DidomiRead.USERS);

        Settlement settled = settler.settle(granted, input.eventsRead(reported(didomi(F, 12)), List.of()));

        assertThat(Cases.decision(settled.person()).decidedAt()).isEqualTo(Cases.at(30));
    }

    @Test
    void choiceOfAUserWhoIsGoneIsNotRevoked() {
        SettleInput input =
                new SettleInput(List.of(), List.of(), List.of(user("u2", T, 16)), shows(true, 15), DidomiRead.USERS);
        Choice other = Choice.inDidomi(NEWSLETTER, "u2", T, Cases.at(16), "e");

        Settlement settled = settler.settle(granted, input.eventsRead(List.of(other), List.of()));

        assertThat(settled.person().record(NEWSLETTER).user("u1").reported().value())
                .isEqualTo(T);
    }

    @Test
    void inferredChoiceIsDroppedWithItsEvent() {
        Person inferred = settler.settle(
                        granted,
                        new SettleInput(
                                List.of(), List.of(), List.of(user("u1", F, 16)), shows(true, 15), DidomiRead.USERS))
                .person();

        Settlement settled = read(inferred, user("u1", T, 20), reported(didomi(T, 14)), List.of());

        assertThat(Cases.decision(settled.person()).decidedAt()).isEqualTo(Cases.at(14));
        assertThat(settled.person().record(NEWSLETTER).user("u1").inferred()).isNull();
        assertThat(settled.writesNothing()).isTrue();
    }

    @Test
    void editedEventCountsWithItsNewValue() {
        Settlement settled = read(granted, user("u1", F, 20), reported(didomi(F, 12), didomi(F, 14)), List.of());

        assertThat(Cases.decision(settled.person()).decidedAt()).isEqualTo(Cases.at(14));
        assertThat(Cases.decision(settled.person()).value()).isEqualTo(F);
    }

    @Test
    void refusalThatWasEditedIntoAGrantIsNotKept() {
        Person refused = settler.settle(
                        granted,
                        SettleInput.reported(reported(didomi(F, 16)), List.of(user("u1", F, 16)), shows(true, 15)))
                .person();

        Settlement settled = read(refused, user("u1", T, 20), reported(didomi(T, 16)), List.of());

        assertThat(Cases.decision(settled.person()).value()).isEqualTo(T);
    }

    /** An event of ours copied the choice of staff. Where it is deleted, that choice still stands. */
    @Test
    void deletedEventOfOursIsPostedAgain() {
        Settlement byStaff = settler.settle(
                granted,
                new SettleInput(
                        reported(dynamics(F, 16)),
                        List.of(),
                        List.of(user("u1", T, 14)),
                        shows(false, 16),
                        DidomiRead.USERS));
        Person posted = Confirmation.posted(byStaff.person(), byStaff.events().get(0));
        ContactState refused = shows(false, 16);
        SettleInput after =
                new SettleInput(List.of(), List.of(), List.of(user("u1", T, 20)), refused, DidomiRead.USERS);

        Settlement settled = settler.settle(posted, after.eventsRead(reported(didomi(T, 14)), List.of()));

        assertThat(settled.events()).extracting(PlannedEvent::value).containsExactly(F);
    }

    /** The grant that shows again was taken for a new one, until the events show that it is the old one. */
    @Test
    void choiceBeforeADeletedEventOfOursDoesNotCountAgain() {
        ContactState refused = shows(false, 16);
        Settlement byStaff = settler.settle(
                granted,
                new SettleInput(
                        reported(dynamics(F, 16)), List.of(), List.of(user("u1", T, 14)), refused, DidomiRead.USERS));
        Person posted = Confirmation.posted(byStaff.person(), byStaff.events().get(0));
        Person readBack =
                settler.settle(posted, users(user("u1", F, 17), refused)).person();
        Person found =
                settler.settle(readBack, users(user("u1", T, 20), refused)).person();

        Settlement settled = settler.settle(
                found, users(user("u1", T, 20), refused).eventsRead(reported(didomi(F, 12), didomi(T, 14)), List.of()));

        assertThat(Cases.decision(found).value()).isEqualTo(T);
        assertThat(Cases.decision(settled.person()).value()).isEqualTo(F);
        assertThat(settled.events()).extracting(PlannedEvent::value).containsExactly(F);
    }

    private static SettleInput users(DidomiState state, ContactState contact) {
        return new SettleInput(List.of(), List.of(), List.of(state), contact, DidomiRead.USERS);
    }

    @Test
    void grantFromTheFutureIsDroppedWithItsEvent() {
        Instant claimed = Instant.parse("2099-01-01T00:00:00Z");
        Choice future = Choice.inDidomi(NEWSLETTER, "u1", T, claimed, "future").decidedAt(Cases.at(16));
        Person person = settler.settle(
                        granted, SettleInput.reported(List.of(future), List.of(user("u1", T, 16)), shows(true, 15)))
                .person();

        Settlement settled = read(person, user("u1", F, 20), reported(didomi(F, 12)), List.of());

        assertRefusedWithoutAnEvent(settled);
    }
}
