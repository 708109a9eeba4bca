package io.github.consentbridge.mapping.settle;

import static io.github.consentbridge.mapping.settle.Cases.at;
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
import io.github.consentbridge.mapping.consent.ConsentRecordId;
import io.github.consentbridge.mapping.consent.ContactState;
import io.github.consentbridge.mapping.consent.DidomiState;
import io.github.consentbridge.mapping.consent.Observation;
import io.github.consentbridge.mapping.consent.Stamp;
import io.github.consentbridge.mapping.document.ConsentValue;
import io.github.consentbridge.mapping.document.DidomiPath;
import io.github.consentbridge.mapping.document.Direction;
import io.github.consentbridge.mapping.document.Mapping;
import io.github.consentbridge.mapping.document.Regulation;
import io.github.consentbridge.mapping.document.Wins;
import io.github.consentbridge.mapping.settle.SettleInput.DidomiRead;
import io.github.consentbridge.mapping.settle.Settlement.Need;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * When an event is posted to Didomi, which date it carries, and since when it counts as what Didomi shows. Both sides
 * show a grant of second 10.
 */
class SettlerEventsTest {
    private final Settler settler = new Settler(ContactMapping.of(List.of(World.mapped(COLUMN, false))));
    private final Person known =
            World.granted(World.Merge.BY_DATE, false).ledger().person();

    private Settlement read(Person before, List<Choice> choices, DidomiState state) {
        return settler.settle(before, users(choices, state));
    }

    /** The contact shows the refusal of second 12. */
    private static SettleInput users(List<Choice> choices, DidomiState state) {
        return new SettleInput(choices, List.of(), List.of(state), shows(false, 12), DidomiRead.USERS);
    }

    /** Staff refuse at second 12, and Didomi confirms the event. */
    private Person refusedByStaff() {
        Settlement refused = read(known, reported(dynamics(F, 12)), user("u1", T, 10));
        return Confirmation.posted(refused.person(), refused.events().get(0));
    }

    private static List<Instant> dates(Settlement settled) {
        return settled.events().stream().map(PlannedEvent::createdAt).toList();
    }

    private static Instant since(Person person) {
        return person.record(NEWSLETTER).didomiSince();
    }

    @Test
    void choiceReportedByDidomiNeedsNoReadOfDidomi() {
        Settlement settled =
                settler.settle(known, SettleInput.reported(reported(didomi(F, 12)), List.of(), shows(true, 10)));

        assertThat(settled.need()).isEqualTo(Need.NOTHING);
    }

    @Test
    void reportedChoiceThatNoUserShowsIsPosted() {
        Settlement settled = read(known, reported(didomi(F, 16)), user("u1", T, 14));

        assertThat(settled.events()).extracting(PlannedEvent::value).containsExactly(F);
    }

    /** Its event is still there, but the user shows nothing: Didomi knows why, and we do not. */
    @Test
    void valueThatVanishedInDidomiIsNotPostedBack() {
        DidomiState silent = new DidomiState("u1", Regulation.GDPR, new Stamp(2, at(15)), null, Map.of());
        SettleInput input = new SettleInput(List.of(), List.of(), List.of(silent), shows(true, 10), DidomiRead.USERS);

        Settlement settled = settler.settle(known, input.eventsRead(reported(didomi(T, 10)), List.of()));

        assertThat(settled.need()).isEqualTo(Need.NOTHING);
        assertThat(settled.events()).isEmpty();
    }

    @Test
    void choiceOlderThanTheStateOfAUserIsPostedOnceTheEventsAreRead() {
        Settlement asked = read(known, reported(dynamics(F, 12)), user("u1", T, 14));
        SettleInput input = users(reported(dynamics(F, 12)), user("u1", T, 14));

        Settlement repeated = settler.settle(known, input.eventsRead(reported(didomi(T, 14)), List.of()));
        Settlement refused = settler.settle(known, input.eventsRead(reported(didomi(T, 10)), List.of()));

        assertThat(asked.need()).isEqualTo(Need.DIDOMI_EVENTS);
        assertThat(asked.events()).isEmpty();
        assertThat(Cases.decision(repeated.person()).value()).isEqualTo(T);
        assertThat(repeated.events()).isEmpty();
        assertThat(dates(refused)).containsExactly(at(12));
    }

    @Test
    void confirmedEventWithoutEffectIsPostedAgainOnceTheEventsAreRead() {
        Person posted = refusedByStaff();

        Settlement asked = read(posted, List.of(), user("u1", T, 10));
        Settlement again = settler.settle(
                posted, users(List.of(), user("u1", T, 10)).eventsRead(reported(didomi(T, 10)), List.of()));

        assertThat(asked.need()).isEqualTo(Need.DIDOMI_EVENTS);
        assertThat(asked.events()).isEmpty();
        assertThat(dates(again)).containsExactly(at(12.001));
    }

    @Test
    void eventShowsSinceItsOwnDate() {
        assertThat(since(refusedByStaff())).isEqualTo(at(12));
    }

    @Test
    void eventOlderThanTheStateItChangesShowsSinceThatState() {
        SettleInput input = users(reported(dynamics(F, 12)), user("u1", T, 14));
        Settlement refused = settler.settle(known, input.eventsRead(reported(didomi(T, 10)), List.of()));

        Person posted = Confirmation.posted(refused.person(), refused.events().get(0));

        assertThat(since(posted)).isEqualTo(at(14.001));
    }

    /** The grant of the same second is on its way when the refusal, which ranks above it, is reported. */
    @Test
    void eventThatOverrulesAnotherOfTheSameSecondIsDatedAfterIt() {
        Person refused = refusedByStaff();
        Choice grant = Choice.inColumn(NEWSLETTER, COLUMN, T, at(14), Choice.UNKNOWN_VERSION, "y14");
        Choice refusal = Choice.inColumn(NEWSLETTER, COLUMN, F, at(14), Choice.UNKNOWN_VERSION, "z14");
        Settlement granted = read(refused, reported(grant), user("u1", F, 13));

        Settlement both = read(granted.person(), reported(refusal), user("u1", F, 13));
        Settlement shown = read(granted.person(), reported(refusal), user("u1", T, 14));

        assertThat(dates(granted)).containsExactly(at(14));
        assertThat(both.events()).isEmpty();
        assertThat(dates(shown)).containsExactly(at(14.001));
    }

    /** The user has chosen nothing, so only the events say what Didomi shows. */
    @Test
    void laterOfTwoEventsOfOneSecondShows() {
        Choice grant = Choice.inColumn(NEWSLETTER, COLUMN, T, at(14), 15, "z14");
        List<DidomiState> users = List.of(new DidomiState("u1", Regulation.GDPR, new Stamp(1, at(10)), null, Map.of()));
        SettleInput first =
                new SettleInput(reported(dynamics(F, 14)), List.of(), users, shows(false, 14), DidomiRead.USERS);
        SettleInput second = new SettleInput(reported(grant), List.of(), users, shows(true, 14), DidomiRead.USERS);

        Settlement refused = settler.settle(Person.unknown(World.PERSON), first);
        Settlement granted = settler.settle(refused.person(), second);
        Person posted = Confirmation.posted(
                Confirmation.posted(granted.person(), refused.events().get(0)),
                granted.events().get(0));

        assertThat(dates(refused)).containsExactly(at(14));
        assertThat(dates(granted)).containsExactly(at(14.001));
        assertThat(posted.record(NEWSLETTER).didomiValue()).isEqualTo(T);
        assertThat(since(posted)).isEqualTo(at(14.001));
    }

    /** The event is dated after the year 2099, but it shows as soon as it is posted. */
    @Test
    void choiceAfterTheOneThatOverruledAFutureDateIsTheNewest() {
        Choice future = Choice.inDidomi(NEWSLETTER, "u1", T, Instant.parse("2099-01-01T00:00:00Z"), "f20")
                .counted(new ClockRule(at(20)));
        Person told = settler.settle(
                        known, SettleInput.reported(reported(future), List.of(user("u1", T, 20)), shows(true, 10)))
                .person();
        SettleInput staff = new SettleInput(
                reported(dynamics(F, 30)), List.of(), List.of(user("u1", T, 20)), shows(false, 30), DidomiRead.USERS);
        Settlement refused = settler.settle(told, staff.eventsRead(reported(didomi(T, 10), future), List.of()));
        Person posted = Confirmation.posted(refused.person(), refused.events().get(0));

        Settlement granted = settler.settle(
                posted, SettleInput.reported(reported(didomi(T, 40)), List.of(user("u1", T, 40)), shows(false, 30)));

        assertThat(since(posted)).isEqualTo(at(30));
        assertThat(since(granted.person())).isEqualTo(at(40));
        assertThat(granted.columnWrites())
                .extracting(Settlement.ColumnWrite::value)
                .containsExactly(T);
    }

    private static Mapping frequency(@Nullable String purpose) {
        return new Mapping(
                COLUMN,
                new DidomiPath.Preference(purpose, "frequency"),
                false,
                Map.of("weekly", 1, "daily", 2),
                Direction.BOTH,
                Regulation.GDPR,
                Wins.NEWEST);
    }

    /** Didomi shows weekly since second 10; staff choose this value at second 12. */
    private static Settlement chosen(Mapping mapping, ConsentValue value, int option) {
        ConsentRecordId id = ConsentRecordId.of(mapping);
        MappedColumn column =
                new MappedColumn(mapping, ColumnCodec.of(mapping, new ColumnType.Choice(Set.of(1, 2, 3))));
        Stamp read = new Stamp(Choice.UNKNOWN_VERSION, at(10));
        DidomiState weekly = new DidomiState(
                "u1", Regulation.GDPR, read, null, Map.of(id, Observation.read(ConsentValue.ofSelection("weekly"))));
        Choice choice = Choice.inColumn(id, COLUMN, value, at(12), 12, "y12");
        ContactState contact = new ContactState("c0", "W/12", new Stamp(12, at(12)), Map.of(COLUMN, option));
        return new Settler(ContactMapping.of(List.of(column)))
                .settle(
                        Person.unknown(World.PERSON),
                        new SettleInput(List.of(choice), List.of(), List.of(weekly), contact, DidomiRead.USERS)
                                .eventsRead(
                                        List.of(Choice.inDidomi(
                                                id, "u1", ConsentValue.ofSelection("weekly"), at(10), "d10")),
                                        List.of()));
    }

    private static void assertNotPostable(Settlement settled, String reason) {
        assertThat(settled.events()).isEmpty();
        assertThat(settled.need()).isEqualTo(Need.NOTHING);
        assertThat(settled.misfits()).extracting(Settlement.Misfit::reason).containsExactly(reason);
        assertThat(settled.unresolved())
                .extracting(Settlement.Unresolved::reason)
                .containsExactly("mapping new_newsletter: " + reason);
    }

    @Test
    void optionWithoutADidomiValueIsNotPosted() {
        assertNotPostable(
                chosen(frequency("marketing"), new ConsentValue.Unmapped(COLUMN, "3"), 3),
                "its column holds a value that `options` does not name");
    }

    @Test
    void selectionIsPostedOnlyUnderItsPurpose() {
        ConsentValue daily = ConsentValue.ofSelection("daily");

        assertThat(chosen(frequency("marketing"), daily, 2).events())
                .extracting(PlannedEvent::value)
                .containsExactly(daily);
        assertNotPostable(
                chosen(frequency(null), daily, 2),
                "Didomi accepts a preference's values only under their purpose: name the purpose in `value`");
    }

    @Test
    void refusalOfAPreferenceIsPostedWithoutAPurpose() {
        Mapping yesNo = new Mapping(
                COLUMN,
                new DidomiPath.Preference(null, "frequency"),
                false,
                Map.of("weekly", 1, "false", 2),
                Direction.BOTH,
                Regulation.GDPR,
                Wins.NEWEST);

        assertThat(chosen(yesNo, F, 2).events()).extracting(PlannedEvent::value).containsExactly(F);
    }
}
