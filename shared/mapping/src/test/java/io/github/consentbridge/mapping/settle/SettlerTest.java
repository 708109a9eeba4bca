package io.github.consentbridge.mapping.settle;

import static io.github.consentbridge.mapping.settle.Cases.at;
import static io.github.consentbridge.mapping.settle.Cases.decision;
import static io.github.consentbridge.mapping.settle.Cases.didomi;
import static io.github.consentbridge.mapping.settle.Cases.dynamics;
import static io.github.consentbridge.mapping.settle.Cases.reported;
import static io.github.consentbridge.mapping.settle.Cases.shows;
import static io.github.consentbridge.mapping.settle.World.COLUMN;
import static io.github.consentbridge.mapping.settle.World.F;
import static io.github.consentbridge.mapping.settle.World.NEWSLETTER;
import static io.github.consentbridge.mapping.settle.World.PERSON;
import static io.github.consentbridge.mapping.settle.World.T;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.mapping.column.ColumnCodec;
import io.github.consentbridge.mapping.column.ColumnType;
import io.github.consentbridge.mapping.consent.Choice;
import io.github.consentbridge.mapping.consent.ConsentRecordId;
import io.github.consentbridge.mapping.consent.ContactState;
import io.github.consentbridge.mapping.consent.DidomiState;
import io.github.consentbridge.mapping.consent.Observation;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.mapping.consent.Stamp;
import io.github.consentbridge.mapping.document.ConsentValue;
import io.github.consentbridge.mapping.document.DidomiPath;
import io.github.consentbridge.mapping.document.Direction;
import io.github.consentbridge.mapping.document.Mapping;
import io.github.consentbridge.mapping.document.Regulation;
import io.github.consentbridge.mapping.document.Wins;
import io.github.consentbridge.mapping.settle.SettleInput.DidomiRead;
import io.github.consentbridge.mapping.settle.Settlement.Need;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The documented cases of the settle rule. Didomi reported a grant at second 10 and both sides show it. */
class SettlerTest {
    private final Settler settler = new Settler(ContactMapping.of(List.of(World.mapped(COLUMN, false))));
    private final World start = World.granted(World.Merge.ON_TOP, false);
    private final Person known = start.ledger().person();

    @Test
    void olderChoiceThatArrivesLateIsSuperseded() {
        Settlement newer = settle(known, reported(didomi(F, 12)), shows(true, 10));
        Person written = Confirmation.written(newer.person(), newer.columnWrites());

        Settlement late = settle(written, reported(didomi(T, 11)), shows(false, 12));

        assertThat(late.writesNothing()).isTrue();
        assertThat(late.superseded()).hasSize(1);
    }

    @Test
    void choiceInDynamicsLosesToALaterOneInDidomi() {
        Settlement early = settle(known, reported(didomi(T, 14)), shows(false, 12));
        Person written = Confirmation.written(early.person(), early.columnWrites());

        Settlement late = settle(written, reported(dynamics(F, 12)), shows(true, 14));

        assertThat(early.columnWrites())
                .extracting(Settlement.ColumnWrite::columnValue)
                .containsExactly(true);
        assertThat(late.writesNothing()).isTrue();
        assertThat(decision(late.person()).value()).isEqualTo(T);
    }

    @Test
    void unreportedChangeIsInferredAndPosted() {
        Settlement first = settle(known, reported(), shows(false, 13));
        Settlement settled = settler.settle(known, read(shows(false, 13)));

        assertThat(first.need()).isEqualTo(Need.DIDOMI_USERS);
        assertThat(settled.unreported())
                .containsExactly(new Settlement.Unreported(
                        NEWSLETTER, Side.DYNAMICS, InferredChoice.unreported(F, at(10), new Stamp(13, at(13)))));
        assertThat(settled.events()).extracting(PlannedEvent::value).containsExactly(F);
        assertThat(settled.events()).extracting(PlannedEvent::createdAt).containsExactly(at(13));
    }

    @Test
    void inferredChoiceGivesWayToTheDeliveryOfTheSameChoice() {
        Settlement inferred = settler.settle(known, read(shows(false, 13)));

        Settlement settled = settler.settle(
                inferred.person(),
                new SettleInput(
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
    void valueThatADeliveryReportedIsNotInferred() {
        Settlement settled = settle(known, reported(dynamics(F, 11), didomi(T, 12)), shows(false, 13));

        assertThat(settled.unreported()).isEmpty();
        assertThat(settled.columnWrites())
                .extracting(Settlement.ColumnWrite::value)
                .containsExactly(T);
    }

    @Test
    void valueThatAnEarlierDeliveryReportedIsNotInferred() {
        Settlement first = settler.settle(
                known, new SettleInput(reported(dynamics(F, 11)), List.of(), List.of(), null, DidomiRead.USERS));

        Settlement settled = settle(first.person(), reported(didomi(T, 12)), shows(false, 13));

        assertThat(settled.unreported()).isEmpty();
        assertThat(settled.columnWrites())
                .extracting(Settlement.ColumnWrite::value)
                .containsExactly(T);
    }

    @Test
    void failedWriteIsRepeated() {
        Settlement first = settle(known, reported(didomi(F, 12)), shows(true, 10));

        Settlement again = settle(first.person(), reported(didomi(F, 12)), shows(true, 10));

        assertThat(again.columnWrites()).isEqualTo(first.columnWrites());
        assertThat(Confirmation.written(again.person(), again.columnWrites()))
                .isEqualTo(Confirmation.written(first.person(), first.columnWrites()));
    }

    @Test
    void ownWriteWithoutAnAnswerIsNotAChoice() {
        Settlement lost = settle(known, reported(didomi(F, 12)), shows(true, 10));

        Settlement settled = settle(lost.person(), reported(didomi(T, 14)), shows(false, 12));

        assertThat(settled.unreported()).isEmpty();
        assertThat(settled.columnWrites())
                .extracting(Settlement.ColumnWrite::value)
                .containsExactly(T);
    }

    @Test
    void defaultOfANewContactIsNotAChoice() {
        ContactState recreated = new ContactState("c9", "W/9", new Stamp(9, at(20)), Map.of(COLUMN, false));

        Settlement settled = settle(known, reported(), recreated);

        assertThat(settled.unreported()).isEmpty();
        assertThat(settled.columnWrites())
                .extracting(Settlement.ColumnWrite::value)
                .containsExactly(T);
    }

    @Test
    void clearedColumnIsFilledAgain() {
        Settlement settled = settle(known, reported(), new ContactState("c0", "W/7", new Stamp(7, at(20)), Map.of()));

        assertThat(settled.unreported()).isEmpty();
        assertThat(settled.columnWrites())
                .extracting(Settlement.ColumnWrite::value)
                .containsExactly(T);
    }

    @Test
    void valueMissingInDidomiIsNotFilledFromItsOwnPast() {
        DidomiState reset = new DidomiState("u1", Regulation.GDPR, new Stamp(2, at(15)), null, Map.of());

        Settlement settled = settler.settle(
                known, new SettleInput(List.of(), List.of(), List.of(reset), shows(true, 10), DidomiRead.USERS));

        assertThat(settled.events()).isEmpty();
    }

    @Test
    void unreportedChangeInDidomiThatContendsIsDatedByThePersonsEvents() {
        SettleInput users = new SettleInput(
                List.of(dynamics(F, 12)),
                List.of(),
                List.of(user(3, F, 14), user(4, T, 15)),
                shows(false, 12),
                DidomiRead.USERS);

        Settlement undated = settler.settle(refused(14), users);
        Settlement dated = settler.settle(
                refused(14),
                new SettleInput(
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
    void didomiIsReadWhenTheLaterOfTwoConfirmedEventsIsUnknown() {
        SortedMap<ConsentRecordId, ConsentRecord> records = new TreeMap<>(known.records());
        ConsentRecord record = known.record(NEWSLETTER)
                .withPending(new PendingEvent(T, at(12), at(12), true))
                .withPending(new PendingEvent(F, at(13), at(13), true));
        records.put(NEWSLETTER, record);

        Settlement settled = settle(new Person(PERSON, "c0", records), reported(), shows(false, 13));

        assertThat(settled.need()).isEqualTo(Need.DIDOMI_USERS);
    }

    @Test
    void valueThatReturnsAfterOurEventWasReadBackIsAChoice() {
        Settlement pending = settler.settle(
                known,
                new SettleInput(
                        List.of(dynamics(F, 12)),
                        List.of(),
                        List.of(user(1, T, 10)),
                        shows(false, 12),
                        DidomiRead.USERS));
        Person posted = Confirmation.posted(pending.person(), pending.events().get(0));
        Person readBack =
                settler.settle(posted, users(user(2, F, 12), shows(false, 12))).person();
        Person regranted = settler.settle(readBack, users(user(3, T, 14), shows(false, 12)))
                .person();

        Settlement settled = settler.settle(regranted, users(user(4, F, 16), shows(true, 15)));

        assertThat(decision(regranted).value()).isEqualTo(T);
        assertThat(settled.unreported()).extracting(Settlement.Unreported::side).contains(Side.DIDOMI);
        assertThat(decision(settled.person()).value()).isEqualTo(F);
    }

    /** A person whose Didomi user showed a refusal at that second. */
    private Person refused(int second) {
        DidomiState state = user(3, F, second);
        return settler.settle(
                        Person.unknown(PERSON),
                        new SettleInput(
                                List.of(dynamics(F, 9)), List.of(), List.of(state), shows(false, 9), DidomiRead.USERS))
                .person();
    }

    private static SettleInput users(DidomiState state, ContactState contact) {
        return new SettleInput(List.of(), List.of(), List.of(state), contact, DidomiRead.USERS_AND_EVENTS);
    }

    private static DidomiState user(long version, ConsentValue value, int second) {
        return new DidomiState(
                "u1",
                Regulation.GDPR,
                new Stamp(version, at(second)),
                null,
                Map.of(NEWSLETTER, Observation.read(value)));
    }

    @Test
    void eventIsSentAgainUnderItsIdOnlyIfItWouldStillComeLast() {
        SettleInput refusal = new SettleInput(
                List.of(dynamics(F, 12)), List.of(), List.of(user(1, T, 10)), shows(false, 12), DidomiRead.USERS);
        Settlement first = settler.settle(known, refusal);

        Settlement repeated = settler.settle(first.person(), refusal);
        Settlement overruled = settler.settle(
                first.person(),
                new SettleInput(
                        List.of(didomi(T, 11)),
                        List.of(),
                        List.of(user(3, T, 14)),
                        shows(false, 12),
                        DidomiRead.USERS_AND_EVENTS));

        assertThat(repeated.events()).isEqualTo(first.events());
        assertThat(overruled.events()).extracting(PlannedEvent::createdAt).containsExactly(at(12.001));
    }

    @Test
    void revokedChoiceNoLongerCounts() {
        Settlement refused = settle(known, reported(didomi(F, 12)), shows(true, 10));

        Settlement revoked = settler.settle(
                Person.unknown(PERSON),
                new SettleInput(
                        List.of(didomi(F, 12)), List.of(didomi(F, 12)), List.of(), shows(true, 10), DidomiRead.USERS));

        assertThat(decision(refused.person()).value()).isEqualTo(F);
        assertThat(revoked.person().record(NEWSLETTER).decision(Wins.NEWEST)).isEmpty();
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
        ReportedChoice inDidomi = new ReportedChoice(ConsentValue.of(didomi), at(didomiAt), -1, "d");
        ReportedChoice inDynamics = new ReportedChoice(ConsentValue.of(dynamics), at(dynamicsAt), 7, "y");

        assertThat(Decision.between(inDidomi, inDynamics, wins).value()).isEqualTo(ConsentValue.of(expected));
    }

    /** Dynamics rounds its time down; Didomi's is exact. */
    @Test
    void sameChoiceInOneSecondCountsAsDidomis() {
        ReportedChoice inDidomi = new ReportedChoice(F, at(12.9), -1, "d");
        ReportedChoice inDynamics = new ReportedChoice(F, at(12), 7, "y");

        assertThat(Decision.between(inDidomi, inDynamics, Wins.NEWEST))
                .isEqualTo(new Decision(Side.DIDOMI, F, at(12.9), "d"));
    }

    @Test
    void directionLimitsWritesNotChoices() {
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

        Settlement settled = toDynamics.settle(known, SettleInput.reported(List.of(), List.of(), shows(false, 13)));

        assertThat(settled.writesNothing()).isTrue();
        assertThat(settled.need()).isEqualTo(Need.NOTHING);
        assertThat(decision(settled.person()).value()).isEqualTo(F);
    }

    private Settlement settle(Person before, List<Choice> choices, ContactState contact) {
        return settler.settle(before, SettleInput.reported(choices, List.of(), contact));
    }

    private static SettleInput read(ContactState contact) {
        return new SettleInput(List.of(), List.of(), List.of(), contact, DidomiRead.USERS);
    }

    @Test
    void newContactIsWrittenWithoutACondition() {
        Settlement settled = settle(Person.unknown(PERSON), reported(didomi(T, 12)), ContactState.planned("c1"));

        assertThat(settled.columnWrites())
                .containsExactly(new Settlement.ColumnWrite(NEWSLETTER, COLUMN, T, true, ContactState.PLANNED));
    }
}
