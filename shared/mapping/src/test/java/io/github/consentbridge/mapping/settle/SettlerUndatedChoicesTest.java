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
import io.github.consentbridge.mapping.consent.ContactState;
import io.github.consentbridge.mapping.consent.DidomiState;
import io.github.consentbridge.mapping.document.ConsentValue;
import io.github.consentbridge.mapping.settle.SettleInput.DidomiRead;
import io.github.consentbridge.mapping.settle.Settlement.Need;
import java.util.List;
import org.junit.jupiter.api.Test;

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
}
