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

import io.github.consentbridge.mapping.column.ColumnCodec;
import io.github.consentbridge.mapping.column.ColumnType;
import io.github.consentbridge.mapping.consent.Choice;
import io.github.consentbridge.mapping.consent.ClockRule;
import io.github.consentbridge.mapping.consent.ContactState;
import io.github.consentbridge.mapping.consent.DidomiState;
import io.github.consentbridge.mapping.document.ConsentValue;
import io.github.consentbridge.mapping.document.Direction;
import io.github.consentbridge.mapping.document.Mapping;
import io.github.consentbridge.mapping.document.Regulation;
import io.github.consentbridge.mapping.document.Wins;
import io.github.consentbridge.mapping.settle.SettleInput.DidomiRead;
import io.github.consentbridge.mapping.settle.Settlement.Need;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Choices without an exact time, and events of ours that look like choices. Didomi reported a grant at second 10. */
class SettlerUndatedChoicesTest {
    private final Settler settler = new Settler(ContactMapping.of(List.of(World.mapped(COLUMN, false))));
    private final Person known =
            World.granted(World.Merge.BY_DATE, false).ledger().person();

    private static Choice newUser(ConsentValue value, int second) {
        return Choice.atTheLatest(NEWSLETTER, "u2", value, at(second), "n" + second);
    }

    private Settlement settle(Person before, List<Choice> choices, ContactState contact) {
        return settler.settle(before, SettleInput.reported(choices, List.of(), contact));
    }

    private Settlement read(Person before, List<Choice> events, List<Choice> ours, DidomiState user) {
        SettleInput users = new SettleInput(List.of(), List.of(), List.of(user), null, DidomiRead.USERS);
        boolean usersOnly = events.isEmpty() && ours.isEmpty();
        return settler.settle(before, usersOnly ? users : users.eventsRead(events, ours));
    }

    /** Staff refuse at second 11; the event for Didomi is pending. */
    private Settlement refusedByStaff() {
        Person reported =
                settle(known, reported(dynamics(F, 11)), shows(false, 11)).person();
        return read(reported, List.of(), List.of(), user("u1", T, 10));
    }

    @Test
    void newUsersChoiceCountsAtItsLatestPossibleTime() {
        Person person = settle(Person.unknown(World.PERSON), reported(newUser(F, 14)), shows(false, 10))
                .person();

        assertThat(decision(person).decidedAt()).isEqualTo(at(14));
        assertThat(decision(person).delivery()).isEqualTo("n14");
    }

    @Test
    void newUsersChoiceGivesWayToItsEvent() {
        Person undated = settle(Person.unknown(World.PERSON), reported(newUser(F, 14)), shows(false, 10))
                .person();
        Choice event = Choice.inDidomi(NEWSLETTER, "u2", F, at(12), "e");

        Person dated = settle(undated, reported(event, dynamics(T, 13)), shows(true, 13))
                .person();
        Person otherOrder = settle(
                        settle(Person.unknown(World.PERSON), reported(event), shows(false, 10))
                                .person(),
                        reported(newUser(F, 14), dynamics(T, 13)),
                        shows(true, 13))
                .person();

        assertThat(decision(dated).value()).isEqualTo(T);
        assertThat(decision(otherOrder).value()).isEqualTo(T);
    }

    @Test
    void userCreatedByOurEventHasNoChoice() {
        Person pending = refusedByStaff().person();

        Person after =
                settle(pending, reported(newUser(F, 14)), shows(false, 11)).person();

        assertThat(pending.record(NEWSLETTER).pending()).hasSize(1);
        assertThat(after.record(NEWSLETTER).user("u2").choice()).isNull();
    }

    @Test
    void eventsAreReadIfANewUserWouldDecide() {
        assertThat(settle(known, reported(newUser(F, 14)), shows(true, 10)).need())
                .isEqualTo(Need.DIDOMI_EVENTS);
        assertThat(settle(known, reported(newUser(T, 14)), shows(true, 10)).need())
                .isEqualTo(Need.NOTHING);
    }

    @Test
    void ourEventExplainsTheValueOfANewUser() {
        Person undated =
                settle(known, reported(newUser(F, 14)), shows(true, 10)).person();
        Choice ours = Choice.inDidomi(NEWSLETTER, "u2", F, at(13), "ours");

        Settlement settled = read(undated, List.of(), List.of(ours), user("u2", F, 14));

        assertThat(decision(settled.person()).decidedAt()).isEqualTo(at(10));
        assertThat(settled.person().record(NEWSLETTER).user("u2").choice()).isNull();
    }

    @Test
    void eventWithoutEffectIsNotPostedAgainBeforeTheEventsAreRead() {
        Settlement posted = refusedByStaff();
        Person confirmed = Confirmation.posted(posted.person(), posted.events().get(0));

        Settlement vain = read(confirmed, List.of(), List.of(), user("u1", T, 13));
        Settlement reported = read(confirmed, reported(didomi(T, 12)), List.of(), user("u1", T, 13));

        assertThat(vain.events()).isEmpty();
        assertThat(vain.need()).isEqualTo(Need.DIDOMI_EVENTS);
        assertThat(decision(reported.person()).decidedAt()).isEqualTo(at(12));
        assertThat(reported.events()).isEmpty();
    }

    @Test
    void ourEventExplainsNothingAfterALaterChoice() {
        Person pending = refusedByStaff().person();
        Person later = settle(pending, reported(didomi(T, 14)), shows(true, 10)).person();

        Settlement settled = read(later, List.of(), List.of(), user("u1", F, 15));

        assertThat(settled.unreported()).hasSize(1);
        assertThat(settled.need()).isEqualTo(Need.DIDOMI_EVENTS);
    }

    @Test
    void ourEventExplainsNothingAfterALaterEventOfOurs() {
        // Didomi shows the refusal's event before it is confirmed, and staff grant again meanwhile.
        Settlement refused = refusedByStaff();
        SettleInput grant = new SettleInput(
                reported(dynamics(T, 12)), List.of(), List.of(user("u1", F, 11)), shows(true, 12), DidomiRead.USERS);
        Settlement granted = settler.settle(refused.person(), grant);
        Person both = Confirmation.posted(
                Confirmation.posted(granted.person(), refused.events().get(0)),
                granted.events().get(0));

        Settlement settled = read(both, List.of(), List.of(), user("u1", F, 15));

        assertThat(settled.unreported()).hasSize(1);
        assertThat(decision(settled.person()).value()).isEqualTo(F);
    }

    @Test
    void eitherOfTwoChangesInOneSecondMayShow() {
        Choice edit = Choice.inColumn(NEWSLETTER, COLUMN, F, at(10), Choice.UNKNOWN_VERSION, "y");
        Person person =
                settle(known, reported(edit, didomi(T, 12)), shows(true, 10)).person();

        assertThat(settle(person, reported(), shows(false, 13)).unreported()).isEmpty();
        assertThat(settle(person, reported(), shows(true, 13)).unreported()).isEmpty();
    }

    @Test
    void knownDeliveryDoesNotExplainALaterChange() {
        Person person =
                settle(known, reported(dynamics(F, 11)), shows(true, 11)).person();
        Person changed = settler.settle(
                        settle(person, reported(dynamics(T, 12)), shows(true, 12))
                                .person(),
                        new SettleInput(List.of(), List.of(), List.of(), shows(false, 13), DidomiRead.USERS))
                .person();

        Person again =
                settle(changed, reported(dynamics(F, 11)), shows(false, 13)).person();

        assertThat(decision(again).decidedAt()).isEqualTo(at(13));
    }

    /** A user.created named no event, and the API has none either: an imported user. */
    @Test
    void newUsersChoiceWithoutAnEventStandsUndated() {
        SettleInput input = SettleInput.reported(reported(newUser(F, 14)), List.of(), shows(true, 10));

        Settlement settled = settler.settle(
                known,
                input.usersRead(List.of(), List.of(user("u1", T, 10), user("u2", F, 14)))
                        .eventsRead(reported(didomi(T, 10)), List.of()));

        assertThat(settled.need()).isEqualTo(Need.NOTHING);
        assertThat(decision(settled.person()).value()).isEqualTo(F);
        assertThat(decision(settled.person()).decidedAt()).isEqualTo(at(14));
    }

    /** The person's own event is newer, but the user shows ours. */
    @Test
    void ourEventExplainsANewUserEvenIfALaterEventIsThePersons() {
        Person undated =
                settle(known, reported(newUser(F, 14)), shows(true, 10)).person();
        Choice ours = Choice.inDidomi(NEWSLETTER, "u2", F, at(12), "ours");
        Choice theirs = Choice.inDidomi(NEWSLETTER, "u2", T, at(13), "theirs");

        Settlement settled = read(undated, List.of(theirs), List.of(ours), user("u2", F, 14));

        assertThat(decision(settled.person()).value()).isEqualTo(T);
        assertThat(settled.person().record(NEWSLETTER).user("u2").inferred()).isNull();
    }

    /** Ours could have come before the user's choice, but it does not have its value, its user or an earlier date. */
    @ParameterizedTest
    @CsvSource({"u2, true, 13", "u1, false, 13", "u2, false, 15"})
    void otherEventsOfOursDoNotExplainANewUser(String userId, boolean granted, int second) {
        Person undated =
                settle(known, reported(newUser(F, 14)), shows(true, 10)).person();
        Choice ours = Choice.inDidomi(NEWSLETTER, userId, ConsentValue.of(granted), at(second), "ours");

        Settlement settled = read(undated, List.of(), List.of(ours), user("u2", F, 14));

        assertThat(decision(settled.person()).value()).isEqualTo(F);
        assertThat(decision(settled.person()).decidedAt()).isEqualTo(at(14));
        assertThat(settled.need()).isEqualTo(Need.NOTHING);
    }

    /** It overruled a choice from the future, so it carries a later date than the state that it explains. */
    @Test
    void ourEventFromTheFutureExplainsANewUser() {
        Person undated =
                settle(known, reported(newUser(F, 14)), shows(true, 10)).person();
        Choice ours = Choice.inDidomi(NEWSLETTER, "u2", F, Instant.parse("2099-01-01T00:00:00.001Z"), "ours")
                .counted(new ClockRule(at(20)));

        Settlement settled = read(undated, List.of(), List.of(ours), user("u2", F, 14));

        assertThat(decision(settled.person()).decidedAt()).isEqualTo(at(10));
    }

    /** Staff chose otherwise and the event is confirmed, but no event shows which user it reached. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void expectedValueThatReturnsUnprovenCountsOnlyAsARefusal(boolean before) {
        ConsentValue first = ConsentValue.of(before);
        ConsentValue other = ConsentValue.of(!before);
        Person shown = settler.settle(
                        Person.unknown(World.PERSON),
                        SettleInput.reported(
                                reported(didomi(first, 10)), List.of(user("u1", first, 10)), shows(before, 10)))
                .person();
        Settlement changed = settler.settle(
                shown,
                new SettleInput(
                        reported(dynamics(other, 11)),
                        List.of(),
                        List.of(user("u1", first, 10)),
                        shows(!before, 11),
                        DidomiRead.USERS));
        Person posted = Confirmation.posted(changed.person(), changed.events().get(0));
        SettleInput later = new SettleInput(
                List.of(), List.of(), List.of(user("u1", first, 13)), shows(!before, 11), DidomiRead.USERS);

        Settlement settled = settler.settle(posted, later.eventsRead(List.of(), List.of()));

        assertThat(decision(settled.person()).value()).isEqualTo(F);
    }

    @Test
    void eventsAreNotReadForANewUserIfWePostNone() {
        Mapping oneWay = new Mapping(
                COLUMN, NEWSLETTER.value(), false, Map.of(), Direction.TO_DYNAMICS, Regulation.GDPR, Wins.NEWEST);
        Settler toDynamics = new Settler(
                ContactMapping.of(List.of(new MappedColumn(oneWay, ColumnCodec.of(oneWay, new ColumnType.Bool())))));

        Settlement settled =
                toDynamics.settle(known, SettleInput.reported(reported(newUser(F, 14)), List.of(), shows(true, 10)));

        assertThat(settled.need()).isEqualTo(Need.NOTHING);
        assertThat(settled.columnWrites())
                .extracting(Settlement.ColumnWrite::value)
                .containsExactly(F);
    }

    @Test
    void auditHistoryIsAskedOnlyIfADateCouldChangeTheDecision() {
        Person early = settler.settle(
                        Person.unknown(World.PERSON),
                        SettleInput.reported(reported(didomi(T, 8)), List.of(user("u1", T, 8)), shows(true, 10)))
                .person();

        Settlement contends = settle(known, reported(didomi(T, 11)), shows(false, 13));
        Settlement sameValue = settle(known, reported(didomi(F, 11)), shows(false, 13));
        Settlement laterAnyway = settle(early, List.of(), shows(false, 13));

        assertThat(contends.undated()).hasSize(1);
        assertThat(sameValue.undated()).isEmpty();
        assertThat(sameValue.unreported()).hasSize(1);
        assertThat(laterAnyway.undated()).isEmpty();
        assertThat(laterAnyway.unreported()).hasSize(1);
    }
}
