package io.github.consentbridge.mapping.settle;

import static io.github.consentbridge.mapping.settle.Cases.at;
import static io.github.consentbridge.mapping.settle.Cases.decision;
import static io.github.consentbridge.mapping.settle.Cases.didomi;
import static io.github.consentbridge.mapping.settle.Cases.dynamics;
import static io.github.consentbridge.mapping.settle.Cases.reported;
import static io.github.consentbridge.mapping.settle.Cases.shows;
import static io.github.consentbridge.mapping.settle.World.COLUMN;
import static io.github.consentbridge.mapping.settle.World.F;
import static io.github.consentbridge.mapping.settle.World.INVERTED;
import static io.github.consentbridge.mapping.settle.World.NEWSLETTER;
import static io.github.consentbridge.mapping.settle.World.T;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.mapping.consent.Choice;
import io.github.consentbridge.mapping.consent.ContactState;
import io.github.consentbridge.mapping.consent.DidomiState;
import io.github.consentbridge.mapping.consent.Observation;
import io.github.consentbridge.mapping.consent.Observation.Origin;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.mapping.consent.Stamp;
import io.github.consentbridge.mapping.document.ConsentValue;
import io.github.consentbridge.mapping.document.Regulation;
import io.github.consentbridge.mapping.settle.SettleInput.DidomiRead;
import io.github.consentbridge.mapping.settle.Settlement.Need;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which changes are choices that nobody reported. Didomi reported a grant at second 10 and both sides show it. */
class ChangeDetectorTest {
    private final Settler settler = new Settler(ContactMapping.of(List.of(World.mapped(COLUMN, false))));
    private final Person known = settler.settle(
                    Person.unknown(World.PERSON),
                    SettleInput.reported(reported(didomi(T, 10)), List.of(state("u1", 1, T, 10)), shows(true, 10)))
            .person();

    private static DidomiState state(String user, long version, ConsentValue value, int second) {
        return state(user, version, value, second, Origin.UNKNOWN, null);
    }

    private static DidomiState state(
            String user, long version, ConsentValue value, int second, Origin origin, @Nullable Stamp previous) {
        return new DidomiState(
                user,
                Regulation.GDPR,
                new Stamp(version, at(second)),
                previous,
                Map.of(NEWSLETTER, new Observation(value, origin)));
    }

    private static Choice by(String user, ConsentValue value, int second) {
        return Choice.inDidomi(NEWSLETTER, user, value, at(second), "d" + second);
    }

    private Settlement users(Person before, List<Choice> choices, DidomiState... states) {
        return settler.settle(before, new SettleInput(choices, List.of(), List.of(states), null, DidomiRead.USERS));
    }

    private static SettleInput read(ContactState row, DidomiState... users) {
        return new SettleInput(List.of(), List.of(), List.of(users), row, DidomiRead.USERS);
    }

    private static List<Side> unreported(Settlement settled) {
        return settled.unreported().stream().map(Settlement.Unreported::side).toList();
    }

    /** Staff refuse at second 12, and Didomi has our event. */
    private Person posted(Person before, DidomiState... states) {
        Settlement refused = settler.settle(
                before,
                new SettleInput(
                        reported(dynamics(F, 12)), List.of(), List.of(states), shows(false, 12), DidomiRead.USERS));
        return Confirmation.posted(refused.person(), refused.events().get(0));
    }

    private Person posted() {
        return posted(known, state("u1", 1, T, 10));
    }

    @Test
    void ourEventThatIsReadBackIsNoChoice() {
        Settlement settled = users(posted(), List.of(), state("u1", 2, F, 14));

        assertThat(unreported(settled)).isEmpty();
        assertThat(settled.person().record(NEWSLETTER).user("u1").inferred()).isNull();
    }

    /** Only the person's events tell whether our event created the user, or the person did. */
    @Test
    void newUserWithTheValueOfOurEventMayHaveChosenIt() {
        Settlement settled = users(posted(), List.of(), state("u1", 1, T, 10), state("u2", 1, F, 14));

        assertThat(unreported(settled)).containsExactly(Side.DIDOMI);
    }

    @Test
    void confirmedEventIsForgottenOnceAChangedUserWasRead() {
        Person posted = posted();

        Person copy = users(posted, List.of(), state("u1", 1, T, 10)).person();
        Person readBack = users(posted, List.of(), state("u1", 2, F, 14)).person();

        assertThat(copy.record(NEWSLETTER).pending()).hasSize(1);
        assertThat(readBack.record(NEWSLETTER).pending()).isEmpty();
    }

    @Test
    void olderStateThatArrivesLateChangesNothing() {
        Person refused =
                users(known, reported(didomi(F, 14)), state("u1", 3, F, 14)).person();

        Settlement late = users(refused, List.of(), state("u1", 2, T, 12));

        assertThat(unreported(late)).isEmpty();
        assertThat(late.person()).isEqualTo(refused);
    }

    /** Our event of second 12 may have reached another user: only a changed value could be a choice. */
    @Test
    void valueThatThePreviousStateHadIsNoChoice() {
        Stamp first = new Stamp(1, at(10));

        Settlement unchanged = users(posted(), List.of(), state("u1", 2, T, 14, Origin.UNCHANGED, first));
        Settlement unknown = users(posted(), List.of(), state("u1", 2, T, 14, Origin.UNKNOWN, first));
        Settlement untold = users(posted(), List.of(), state("u1", 2, T, 14, Origin.UNCHANGED, null));
        Settlement missed = users(posted(), List.of(), state("u1", 3, T, 14, Origin.UNCHANGED, new Stamp(2, at(13))));

        assertThat(unreported(unchanged)).isEmpty();
        assertThat(unreported(unknown)).containsExactly(Side.DIDOMI);
        assertThat(unreported(untold)).containsExactly(Side.DIDOMI);
        assertThat(unreported(missed)).containsExactly(Side.DIDOMI);
    }

    @Test
    void changedValueIsAChoiceWhateverThePreviousStateWas() {
        Settlement settled = users(known, List.of(), state("u1", 2, F, 14, Origin.UNKNOWN, new Stamp(1, at(10))));

        assertThat(unreported(settled)).containsExactly(Side.DIDOMI);
    }

    @Test
    void unchangedValueOfAUserWhoIsNewToUsMayBeAChoice() {
        Settlement settled = users(
                known, List.of(), state("u1", 1, T, 10), state("u2", 2, F, 14, Origin.UNCHANGED, new Stamp(1, at(12))));

        assertThat(unreported(settled)).containsExactly(Side.DIDOMI);
    }

    /** Two users: the first refused at second 10, the other granted at 11. */
    private Person divided() {
        return users(
                        Person.unknown(World.PERSON),
                        reported(by("u1", F, 10), by("u2", T, 11)),
                        state("u1", 1, F, 10, Origin.EXPLAINED, null),
                        state("u2", 1, T, 11, Origin.EXPLAINED, null))
                .person();
    }

    @Test
    void ourEventMakesItsUserTheOneWhoChangedLast() {
        Person posted = posted(divided(), state("u1", 1, F, 10), state("u2", 1, T, 11));

        Settlement settled = users(posted, List.of(), state("u1", 2, F, 13), state("u2", 1, T, 11));

        assertThat(settled.need()).isEqualTo(Need.NOTHING);
        assertThat(settled.writesNothing()).isTrue();
        assertThat(settled.person().record(NEWSLETTER).didomiValue()).isEqualTo(F);
    }

    /** The answer was lost, or the event itself: the user showed its value before. */
    @Test
    void eventThatMayNotHaveArrivedMakesNoUserTheOneWhoChangedLast() {
        Person granted = users(
                        known, reported(by("u2", F, 11), by("u1", T, 12)), state("u1", 2, T, 12), state("u2", 1, F, 11))
                .person();
        Settlement refused = settler.settle(
                granted,
                new SettleInput(
                        reported(dynamics(F, 14)),
                        List.of(),
                        List.of(state("u1", 2, T, 12), state("u2", 1, F, 11)),
                        shows(false, 14),
                        DidomiRead.USERS));
        assertThat(refused.events()).hasSize(1);

        SettleInput later = read(shows(false, 14), state("u1", 2, T, 12), state("u2", 2, F, 16));
        List<Choice> events = reported(didomi(T, 10), by("u2", F, 11), by("u1", T, 12));

        assertThat(settler.settle(refused.person(), later).need()).isEqualTo(Need.DIDOMI_EVENTS);
        assertThat(settler.settle(refused.person(), later.eventsRead(events, List.of()))
                        .events())
                .extracting(PlannedEvent::value)
                .containsExactly(F);
    }

    /** A webhook showed our event; Didomi was not read since. */
    @Test
    void eventThatShowedBeforeDoesNotMakeItsUserTheOneWhoChangedLastAgain() {
        Person shown = settler.settle(
                        posted(),
                        SettleInput.reported(
                                List.of(), List.of(state("u1", 2, F, 13, Origin.EXPLAINED, null)), shows(false, 12)))
                .person();

        Settlement settled = users(shown, List.of(), state("u1", 3, F, 20));

        assertThat(settled.person().record(NEWSLETTER).user("u1").shownSince()).isEqualTo(at(13));
    }

    @Test
    void userWhoseOtherValuesChangedDidNotChangeLast() {
        Settlement settled = users(divided(), List.of(), state("u1", 2, F, 15), state("u2", 1, T, 11));

        assertThat(settled.writesNothing()).isTrue();
        assertThat(settled.person().record(NEWSLETTER).didomiValue()).isEqualTo(T);
    }

    /** Perhaps our event of second 12 reached the other user, perhaps this one, who granted again. */
    @Test
    void userWhoMayHaveChosenTheSameAgainChangedLast() {
        Person posted = posted(divided(), state("u1", 1, F, 10), state("u2", 1, T, 11));

        Settlement settled = users(posted, List.of(), state("u1", 2, F, 13), state("u2", 2, T, 14));

        assertThat(unreported(settled)).containsExactly(Side.DIDOMI);
        assertThat(settled.person().record(NEWSLETTER).user("u2").shownSince()).isEqualTo(at(14));
    }

    @Test
    void userWhoseEventsShowNoChangeDidNotChangeLast() {
        Person posted = posted(divided(), state("u1", 1, F, 10), state("u2", 1, T, 11));
        SettleInput changed = read(shows(false, 12), state("u1", 2, F, 13), state("u2", 2, T, 14));

        Settlement settled = settler.settle(
                posted, changed.eventsRead(reported(by("u1", F, 10), by("u2", T, 11)), reported(by("u1", F, 12))));

        assertThat(settled.writesNothing()).isTrue();
        assertThat(settled.person().record(NEWSLETTER).user("u2").shownSince()).isEqualTo(at(11));
    }

    @Test
    void choiceOfAnotherUserDoesNotReportTheChange() {
        Settlement settled = users(
                known, reported(by("u2", F, 12)), state("u1", 2, F, 14), state("u2", 1, F, 12, Origin.EXPLAINED, null));

        assertThat(settled.person().record(NEWSLETTER).user("u1").inferred()).isNotNull();
    }

    @Test
    void choiceThatNamesNoUserReportsTheChangeOfAny() {
        Settlement settled = users(known, reported(by("", F, 12)), state("u1", 2, F, 14));

        assertThat(unreported(settled)).isEmpty();
    }

    /** Somebody refused in Dynamics too, perhaps later. */
    @Test
    void choiceInDidomiDoesNotReportTheChangeInTheColumn() {
        Settlement settled =
                settler.settle(known, SettleInput.reported(reported(didomi(F, 12)), List.of(), shows(false, 13)));

        assertThat(unreported(settled)).containsExactly(Side.DYNAMICS);
    }

    @Test
    void choiceInAnotherColumnDoesNotReportTheChange() {
        Settler both =
                new Settler(ContactMapping.of(List.of(World.mapped(COLUMN, false), World.mapped(INVERTED, true))));
        ContactState row = new ContactState("c0", "W/13", new Stamp(13, at(13)), Map.of(COLUMN, false, INVERTED, true));

        Settlement settled = both.settle(
                World.granted(World.Merge.BY_DATE, true).ledger().person(),
                SettleInput.reported(reported(dynamics(F, 12)), List.of(), row));

        assertThat(settled.person().record(NEWSLETTER).column(INVERTED).inferred())
                .isNotNull();
        assertThat(settled.person().record(NEWSLETTER).column(COLUMN).inferred())
                .isNull();
    }

    /** The row was read between two choices that are delivered together. */
    @Test
    void rowThatIsOlderThanTheNewestChoiceShowsTheOneBefore() {
        Settlement settled = settler.settle(
                known, SettleInput.reported(reported(dynamics(F, 12), dynamics(T, 14)), List.of(), shows(false, 13)));

        assertThat(unreported(settled)).isEmpty();
        assertThat(decision(settled.person()).decidedAt()).isEqualTo(at(14));
    }

    /** Our grant for the empty column is under way, and the column shows the refusal that has been made since. */
    @Test
    void writeOfAnotherValueDoesNotExplainTheColumn() {
        ContactState empty = new ContactState("c0", "W/9", new Stamp(9, at(9)), Map.of());
        Settlement writing = settler.settle(
                Person.unknown(World.PERSON), SettleInput.reported(reported(didomi(T, 10)), List.of(), empty));
        assertThat(writing.columnWrites()).hasSize(1);

        Settlement settled = settler.settle(
                writing.person(), SettleInput.reported(reported(didomi(F, 14)), List.of(), shows(false, 16)));

        assertThat(unreported(settled)).containsExactly(Side.DYNAMICS);
    }
}
