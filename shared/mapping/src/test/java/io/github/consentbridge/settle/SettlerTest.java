package io.github.consentbridge.settle;

import static io.github.consentbridge.settle.Cases.at;
import static io.github.consentbridge.settle.Cases.decision;
import static io.github.consentbridge.settle.Cases.didomi;
import static io.github.consentbridge.settle.Cases.dynamics;
import static io.github.consentbridge.settle.Cases.shows;
import static io.github.consentbridge.settle.Cases.told;
import static io.github.consentbridge.settle.World.COLUMN;
import static io.github.consentbridge.settle.World.F;
import static io.github.consentbridge.settle.World.NEWSLETTER;
import static io.github.consentbridge.settle.World.PERSON;
import static io.github.consentbridge.settle.World.T;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.mapping.ColumnCodec;
import io.github.consentbridge.mapping.ColumnType;
import io.github.consentbridge.mapping.ConsentValue;
import io.github.consentbridge.mapping.DidomiPath;
import io.github.consentbridge.mapping.Direction;
import io.github.consentbridge.mapping.Mapping;
import io.github.consentbridge.mapping.Regulation;
import io.github.consentbridge.mapping.Wins;
import io.github.consentbridge.settle.Evidence.DidomiRead;
import io.github.consentbridge.settle.Settlement.Need;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The cases by which the settle rule is explained: Didomi told a grant at second 10 and both sides show it. */
class SettlerTest {
    private final Settler settler = new Settler(ContactMapping.of(List.of(World.mapped(COLUMN, false))));
    private final World start = World.granted(World.Merge.ON_TOP, false);
    private final Person known = start.ledger().person();

    @Test
    void olderChoiceThatArrivesLateIsSuperseded() {
        Settlement newer = settle(known, told(didomi(F, 12)), shows(true, 10));
        Person written = Confirmation.written(newer.person(), newer.columnWrites());

        Settlement late = settle(written, told(didomi(T, 11)), shows(false, 12));

        assertThat(late.writesNothing()).isTrue();
        assertThat(late.superseded()).hasSize(1);
    }

    @Test
    void choiceOfDynamicsInFlightLosesToTheLaterOneOfDidomi() {
        Settlement early = settle(known, told(didomi(T, 14)), shows(false, 12));
        Person written = Confirmation.written(early.person(), early.columnWrites());

        Settlement late = settle(written, told(dynamics(F, 12)), shows(true, 14));

        assertThat(early.columnWrites())
                .extracting(Settlement.ColumnWrite::columnValue)
                .containsExactly(true);
        assertThat(late.writesNothing()).isTrue();
        assertThat(decision(late.person()).value()).isEqualTo(T);
    }

    @Test
    void changeThatNobodyToldIsNoticedAndPosted() {
        Settlement first = settle(known, told(), shows(false, 13));
        Settlement settled = settler.settle(known, read(shows(false, 13)));

        assertThat(first.need()).isEqualTo(Need.DIDOMI_USERS);
        assertThat(settled.unseen())
                .containsExactly(new Settlement.Unseen(NEWSLETTER, Side.DYNAMICS, Noticed.unseen(F, at(10), at(13))));
        assertThat(settled.events()).extracting(DidomiEvent::value).containsExactly(F);
        assertThat(settled.events()).extracting(DidomiEvent::createdAt).containsExactly(at(13));
    }

    @Test
    void noticedChangeGivesWayToTheDeliveryThatItStoodFor() {
        Settlement noticed = settler.settle(known, read(shows(false, 13)));

        Settlement settled = settler.settle(
                noticed.person(),
                new Evidence(
                        List.of(dynamics(F, 11), didomi(T, 12)),
                        List.of(),
                        List.of(),
                        shows(false, 13),
                        DidomiRead.USERS));

        assertThat(decision(settled.person()).decidedAt()).isEqualTo(at(12));
        assertThat(settled.columnWrites())
                .extracting(Settlement.ColumnWrite::value)
                .containsExactly(T);
    }

    @Test
    void valueThatADeliveryToldIsNoUnseenChange() {
        Settlement settled = settle(known, told(dynamics(F, 11), didomi(T, 12)), shows(false, 13));

        assertThat(settled.unseen()).isEmpty();
        assertThat(settled.columnWrites())
                .extracting(Settlement.ColumnWrite::value)
                .containsExactly(T);
    }

    @Test
    void valueThatAnEarlierDeliveryToldIsNoUnseenChange() {
        Settlement first = settler.settle(
                known, new Evidence(told(dynamics(F, 11)), List.of(), List.of(), null, DidomiRead.USERS));

        Settlement settled = settle(first.person(), told(didomi(T, 12)), shows(false, 13));

        assertThat(settled.unseen()).isEmpty();
        assertThat(settled.columnWrites())
                .extracting(Settlement.ColumnWrite::value)
                .containsExactly(T);
    }

    @Test
    void failedWriteIsRepeated() {
        Settlement first = settle(known, told(didomi(F, 12)), shows(true, 10));

        Settlement again = settle(first.person(), told(didomi(F, 12)), shows(true, 10));

        assertThat(again.columnWrites()).isEqualTo(first.columnWrites());
        assertThat(Confirmation.written(again.person(), again.columnWrites()))
                .isEqualTo(Confirmation.written(first.person(), first.columnWrites()));
    }

    @Test
    void ownWriteWhoseAnswerWasLostIsNobodysChoice() {
        Settlement lost = settle(known, told(didomi(F, 12)), shows(true, 10));

        Settlement settled = settle(lost.person(), told(didomi(T, 14)), shows(false, 12));

        assertThat(settled.unseen()).isEmpty();
        assertThat(settled.columnWrites())
                .extracting(Settlement.ColumnWrite::value)
                .containsExactly(T);
    }

    @Test
    void defaultOfANewContactIsNobodysChoice() {
        ContactState recreated = new ContactState("c9", "W/9", new Stamp(9, at(20)), Map.of(COLUMN, false));

        Settlement settled = settle(known, told(), recreated);

        assertThat(settled.unseen()).isEmpty();
        assertThat(settled.columnWrites())
                .extracting(Settlement.ColumnWrite::value)
                .containsExactly(T);
    }

    @Test
    void clearedColumnIsFilledAgain() {
        Settlement settled = settle(known, told(), new ContactState("c0", "W/7", new Stamp(7, at(20)), Map.of()));

        assertThat(settled.unseen()).isEmpty();
        assertThat(settled.columnWrites())
                .extracting(Settlement.ColumnWrite::value)
                .containsExactly(T);
    }

    @Test
    void silenceOfDidomiIsNotFilledWithItsOwnPast() {
        DidomiState reset = new DidomiState("u1", Regulation.GDPR, new Stamp(2, at(15)), null, Map.of());

        Settlement settled = settler.settle(
                known, new Evidence(List.of(), List.of(), List.of(reset), shows(true, 10), DidomiRead.USERS));

        assertThat(settled.events()).isEmpty();
    }

    @Test
    void unseenChangeInDidomiThatContendsIsDatedByThePersonsEvents() {
        Evidence users = new Evidence(
                List.of(dynamics(F, 12)),
                List.of(),
                List.of(user(3, F, 14), user(4, T, 15)),
                shows(false, 12),
                DidomiRead.USERS);

        Settlement undated = settler.settle(refused(14), users);
        Settlement dated = settler.settle(
                refused(14),
                new Evidence(
                        List.of(dynamics(F, 12), didomi(T, 11)),
                        List.of(),
                        users.states(),
                        users.contact(),
                        DidomiRead.USERS_AND_EVENTS));

        assertThat(undated.need()).isEqualTo(Need.DIDOMI_EVENTS);
        assertThat(dated.need()).isEqualTo(Need.NOTHING);
        assertThat(decision(dated.person()).value()).isEqualTo(F);
    }

    @Test
    void didomiIsReadWhenTwoOfOurEventsLandedAndTheLastIsUnknown() {
        SortedMap<RegisterId, Register> registers = new TreeMap<>(known.registers());
        Register register = known.register(NEWSLETTER)
                .withPosting(new Posting(T, at(12), at(12), true))
                .withPosting(new Posting(F, at(13), at(13), true));
        registers.put(NEWSLETTER, register);

        Settlement settled = settle(new Person(PERSON, "c0", registers), told(), shows(false, 13));

        assertThat(settled.need()).isEqualTo(Need.DIDOMI_USERS);
    }

    @Test
    void valueThatReturnsAfterOurEventWasReadBackIsSomebodysChoice() {
        Settlement posting = settler.settle(
                known,
                new Evidence(
                        List.of(dynamics(F, 12)),
                        List.of(),
                        List.of(user(1, T, 10)),
                        shows(false, 12),
                        DidomiRead.USERS));
        Person posted = Confirmation.posted(posting.person(), posting.events().get(0));
        Person readBack =
                settler.settle(posted, users(user(2, F, 12), shows(false, 12))).person();
        Person regranted = settler.settle(readBack, users(user(3, T, 14), shows(false, 12)))
                .person();

        Settlement settled = settler.settle(regranted, users(user(4, F, 16), shows(true, 15)));

        assertThat(decision(regranted).value()).isEqualTo(T);
        assertThat(settled.unseen()).extracting(Settlement.Unseen::side).contains(Side.DIDOMI);
        assertThat(decision(settled.person()).value()).isEqualTo(F);
    }

    /** Somebody whose Didomi user showed a refusal at that second. */
    private Person refused(int second) {
        DidomiState state = user(3, F, second);
        return settler.settle(
                        Person.unknown(PERSON),
                        new Evidence(
                                List.of(dynamics(F, 9)), List.of(), List.of(state), shows(false, 9), DidomiRead.USERS))
                .person();
    }

    private static Evidence users(DidomiState state, ContactState contact) {
        return new Evidence(List.of(), List.of(), List.of(state), contact, DidomiRead.USERS_AND_EVENTS);
    }

    private static DidomiState user(long version, ConsentValue value, int second) {
        return new DidomiState(
                "u1", Regulation.GDPR, new Stamp(version, at(second)), null, Map.of(NEWSLETTER, Observed.read(value)));
    }

    @Test
    void eventIsSentAgainUnderItsIdOnlyIfItWouldStillComeLast() {
        Evidence refusal = new Evidence(
                List.of(dynamics(F, 12)), List.of(), List.of(user(1, T, 10)), shows(false, 12), DidomiRead.USERS);
        Settlement first = settler.settle(known, refusal);

        Settlement repeated = settler.settle(first.person(), refusal);
        Settlement overruled = settler.settle(
                first.person(),
                new Evidence(
                        List.of(didomi(T, 11)),
                        List.of(),
                        List.of(user(3, T, 14)),
                        shows(false, 12),
                        DidomiRead.USERS_AND_EVENTS));

        assertThat(repeated.events()).isEqualTo(first.events());
        assertThat(overruled.events()).extracting(DidomiEvent::createdAt).containsExactly(at(12.001));
    }

    @Test
    void revokedChoiceNoLongerCounts() {
        Settlement refused = settle(known, told(didomi(F, 12)), shows(true, 10));

        Settlement revoked = settler.settle(
                Person.unknown(PERSON),
                new Evidence(
                        List.of(didomi(F, 12)), List.of(didomi(F, 12)), List.of(), shows(true, 10), DidomiRead.USERS));

        assertThat(decision(refused.person()).value()).isEqualTo(F);
        assertThat(revoked.person().register(NEWSLETTER).decision(Wins.NEWEST)).isEmpty();
    }

    @ParameterizedTest(name = "Didomi {0} at {1}, Dynamics {2} at {3}, wins {4}: {5}")
    @CsvSource({
        "true,  12.000, false, 11, NEWEST,   true",
        "true,  12.000, false, 13, NEWEST,   false",
        "true,  12.900, false, 12, NEWEST,   false",
        "false, 12.000, true,  12, NEWEST,   false",
        "true,  12.000, true,  12, NEWEST,   true",
        "true,  11.000, false, 13, DIDOMI,   true",
        "true,  13.000, false, 11, DYNAMICS, false",
    })
    void laterSecondWinsThenTheRefusalUnlessOneSideAlwaysDoes(
            boolean didomi, double didomiAt, boolean dynamics, int dynamicsAt, Wins wins, boolean expected) {
        Told inDidomi = new Told(ConsentValue.of(didomi), at(didomiAt), -1, "d");
        Told inDynamics = new Told(ConsentValue.of(dynamics), at(dynamicsAt), 7, "y");

        assertThat(Decision.between(inDidomi, inDynamics, wins).value()).isEqualTo(ConsentValue.of(expected));
    }

    @Test
    void directionLimitsTheWritingNotTheChoosing() {
        Mapping oneWay = new Mapping(
                COLUMN,
                new DidomiPath.Purpose("newsletter"),
                false,
                Map.of(),
                Direction.TO_DYNAMICS,
                Regulation.GDPR,
                Wins.NEWEST);
        Settler toDynamics = new Settler(
                ContactMapping.of(List.of(new MappedColumn(oneWay, ColumnCodec.of(oneWay, new ColumnType.Bool())))));

        Settlement settled = toDynamics.settle(known, Evidence.told(List.of(), List.of(), shows(false, 13)));

        assertThat(settled.writesNothing()).isTrue();
        assertThat(settled.need()).isEqualTo(Need.NOTHING);
        assertThat(decision(settled.person()).value()).isEqualTo(F);
    }

    private Settlement settle(Person before, List<Choice> choices, ContactState contact) {
        return settler.settle(before, Evidence.told(choices, List.of(), contact));
    }

    private static Evidence read(ContactState contact) {
        return new Evidence(List.of(), List.of(), List.of(), contact, DidomiRead.USERS);
    }
}
