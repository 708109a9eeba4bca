package io.github.consentbridge.settle;

import static io.github.consentbridge.settle.Cases.at;
import static io.github.consentbridge.settle.Cases.decision;
import static io.github.consentbridge.settle.Cases.didomi;
import static io.github.consentbridge.settle.Cases.dynamics;
import static io.github.consentbridge.settle.Cases.shows;
import static io.github.consentbridge.settle.Cases.told;
import static io.github.consentbridge.settle.Cases.user;
import static io.github.consentbridge.settle.World.COLUMN;
import static io.github.consentbridge.settle.World.F;
import static io.github.consentbridge.settle.World.NEWSLETTER;
import static io.github.consentbridge.settle.World.T;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.mapping.ConsentValue;
import io.github.consentbridge.settle.Evidence.DidomiRead;
import io.github.consentbridge.settle.Settlement.Need;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Choices whose time is not told, and events of ours that look like some: Didomi told a grant at second 10. */
class UndatedChoicesTest {
    private final Settler settler = new Settler(ContactMapping.of(List.of(World.mapped(COLUMN, false))));
    private final Person known =
            World.granted(World.Merge.BY_DATE, false).ledger().person();

    private static Choice newUser(ConsentValue value, int second) {
        return Choice.ofNewUser(NEWSLETTER, "u2", value, at(second), "n" + second);
    }

    private Settlement settle(Person before, List<Choice> choices, ContactState contact) {
        return settler.settle(before, Evidence.told(choices, List.of(), contact));
    }

    private Settlement read(Person before, List<Choice> events, List<Choice> ours, DidomiState user) {
        DidomiRead read = events.isEmpty() && ours.isEmpty() ? DidomiRead.USERS : DidomiRead.USERS_AND_EVENTS;
        return settler.settle(before, new Evidence(events, List.of(), ours, List.of(user), null, read));
    }

    /** Staff refuse at second 11; the event that tells Didomi so is on its way. */
    private Settlement refusedByStaff() {
        Person told = settle(known, told(dynamics(F, 11)), shows(false, 11)).person();
        return read(told, List.of(), List.of(), user("u1", T, 10));
    }

    @Test
    void newUsersChoiceCountsAtTheLatestTimeThatItCanHave() {
        Person person = settle(Person.unknown(World.PERSON), told(newUser(F, 14)), shows(false, 10))
                .person();

        assertThat(decision(person).decidedAt()).isEqualTo(at(14));
        assertThat(decision(person).delivery()).isEqualTo("n14");
    }

    @Test
    void newUsersChoiceGivesWayToTheEventThatToldItsTime() {
        Person undated = settle(Person.unknown(World.PERSON), told(newUser(F, 14)), shows(false, 10))
                .person();
        Choice event = Choice.inDidomi(NEWSLETTER, "u2", F, at(12), "e");

        Person dated =
                settle(undated, told(event, dynamics(T, 13)), shows(true, 13)).person();
        Person otherOrder = settle(
                        settle(Person.unknown(World.PERSON), told(event), shows(false, 10))
                                .person(),
                        told(newUser(F, 14), dynamics(T, 13)),
                        shows(true, 13))
                .person();

        assertThat(decision(dated).value()).isEqualTo(T);
        assertThat(decision(otherOrder).value()).isEqualTo(T);
    }

    @Test
    void userThatOurOwnEventBroughtForthHasChosenNothing() {
        Person posting = refusedByStaff().person();

        Person after = settle(posting, told(newUser(F, 14)), shows(false, 11)).person();

        assertThat(posting.register(NEWSLETTER).posting()).hasSize(1);
        assertThat(after.register(NEWSLETTER).user("u2").choice()).isNull();
    }

    @Test
    void newUserThatWouldDecideIsLookedUpInTheEvents() {
        assertThat(settle(known, told(newUser(F, 14)), shows(true, 10)).need()).isEqualTo(Need.DIDOMI_EVENTS);
        assertThat(settle(known, told(newUser(T, 14)), shows(true, 10)).need()).isEqualTo(Need.NOTHING);
    }

    @Test
    void eventOfOursExplainsWhatANewUserShows() {
        Person undated = settle(known, told(newUser(F, 14)), shows(true, 10)).person();
        Choice ours = Choice.inDidomi(NEWSLETTER, "u2", F, at(13), "ours");

        Settlement settled = read(undated, List.of(), List.of(ours), user("u2", F, 14));

        assertThat(decision(settled.person()).decidedAt()).isEqualTo(at(10));
        assertThat(settled.person().register(NEWSLETTER).user("u2").choice()).isNull();
    }

    @Test
    void eventThatDoesNotShowIsNotPostedAgainBeforeTheEventsAreRead() {
        Settlement posted = refusedByStaff();
        Person confirmed = Confirmation.posted(posted.person(), posted.events().get(0));

        Settlement vain = read(confirmed, List.of(), List.of(), user("u1", T, 13));
        Settlement told = read(confirmed, told(didomi(T, 12)), List.of(), user("u1", T, 13));

        assertThat(vain.events()).isEmpty();
        assertThat(vain.need()).isEqualTo(Need.DIDOMI_EVENTS);
        assertThat(decision(told.person()).decidedAt()).isEqualTo(at(12));
        assertThat(told.events()).isEmpty();
    }

    @Test
    void eventOfOursExplainsNothingThatCameAfterALaterChoice() {
        Person posting = refusedByStaff().person();
        Person later = settle(posting, told(didomi(T, 14)), shows(true, 10)).person();

        Settlement settled = read(later, List.of(), List.of(), user("u1", F, 15));

        assertThat(settled.unseen()).hasSize(1);
        assertThat(settled.need()).isEqualTo(Need.DIDOMI_EVENTS);
    }

    @Test
    void eventOfOursExplainsNothingThatCameAfterALaterEventOfOurs() {
        // The refusal's event shows before it is confirmed, and staff grant again meanwhile.
        Settlement refused = refusedByStaff();
        Evidence grant = new Evidence(
                told(dynamics(T, 12)),
                List.of(),
                List.of(),
                List.of(user("u1", F, 11)),
                shows(true, 12),
                DidomiRead.USERS);
        Settlement granted = settler.settle(refused.person(), grant);
        Person both = Confirmation.posted(
                Confirmation.posted(granted.person(), refused.events().get(0)),
                granted.events().get(0));

        Settlement settled = read(both, List.of(), List.of(), user("u1", F, 15));

        assertThat(settled.unseen()).hasSize(1);
        assertThat(decision(settled.person()).value()).isEqualTo(F);
    }

    @Test
    void ofTwoChangesInOneSecondEitherMayShow() {
        Choice edit = Choice.inColumn(NEWSLETTER, COLUMN, F, at(10), Choice.UNKNOWN_VERSION, "y");
        Person person =
                settle(known, told(edit, didomi(T, 12)), shows(true, 10)).person();

        assertThat(settle(person, told(), shows(false, 13)).unseen()).isEmpty();
        assertThat(settle(person, told(), shows(true, 13)).unseen()).isEmpty();
    }

    @Test
    void deliveryThatWasKnownBeforeDoesNotExplainALaterChange() {
        Person person = settle(known, told(dynamics(F, 11)), shows(true, 11)).person();
        Person changed = settler.settle(
                        settle(person, told(dynamics(T, 12)), shows(true, 12)).person(),
                        new Evidence(List.of(), List.of(), List.of(), shows(false, 13), DidomiRead.USERS))
                .person();

        Person again = settle(changed, told(dynamics(F, 11)), shows(false, 13)).person();

        assertThat(decision(again).decidedAt()).isEqualTo(at(13));
    }
}
