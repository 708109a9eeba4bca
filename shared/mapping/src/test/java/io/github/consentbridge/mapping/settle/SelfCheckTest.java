package io.github.consentbridge.mapping.settle;

import static io.github.consentbridge.mapping.settle.Cases.at;
import static io.github.consentbridge.mapping.settle.Cases.didomi;
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
import io.github.consentbridge.mapping.consent.ConsentRecordId;
import io.github.consentbridge.mapping.consent.DidomiState;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.mapping.consent.Stamp;
import io.github.consentbridge.mapping.document.ConsentValue;
import io.github.consentbridge.mapping.document.DidomiPath;
import io.github.consentbridge.mapping.document.Direction;
import io.github.consentbridge.mapping.document.Mapping;
import io.github.consentbridge.mapping.document.Regulation;
import io.github.consentbridge.mapping.document.Wins;
import io.github.consentbridge.mapping.settle.SettleInput.DidomiRead;
import io.github.consentbridge.mapping.settle.Settlement.Unresolved;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two values that differ are always reported: here the ledger and the contact have a grant, Didomi shows a refusal. */
class SelfCheckTest {
    private static final ConsentRecordId OFFERS =
            new ConsentRecordId(Regulation.GDPR, new DidomiPath.Purpose("offers"));

    private final MappedRecord mapped = new MappedRecord(NEWSLETTER, List.of(World.mapped(COLUMN, false)));
    private final Settler.SettleResult result = new Settler.SettleResult();

    /** The ledger after the grant was settled and the user was read. */
    private static ConsentRecord knowing(ConsentValue user) {
        return ConsentRecord.EMPTY.withUser(
                "u1",
                Replica.UNKNOWN.withObserved(
                        new ObservedValue(user, new Stamp(Choice.UNKNOWN_VERSION, at(14)), at(14))));
    }

    private List<Unresolved> check(ConsentRecord settled, ConsentValue decided) {
        return check(mapped, user("u1", F, 14), settled, decided);
    }

    private List<Unresolved> check(
            MappedRecord record, DidomiState state, ConsentRecord settled, ConsentValue decided) {
        SettleInput input = new SettleInput(List.of(), List.of(), List.of(state), shows(true, 12), DidomiRead.USERS);
        Decision decision = new Decision(Side.DYNAMICS, decided, at(12), "y12");
        new SelfCheck(record, input, result, decision).check(settled);
        return result.unresolved;
    }

    private static Mapping mapping(Direction direction, DidomiPath path) {
        return new Mapping(COLUMN, path, false, Map.of(), direction, Regulation.GDPR, Wins.NEWEST);
    }

    @Test
    void differenceThatNothingRepairsIsReported() {
        List<Unresolved> unresolved = check(knowing(F), T);

        assertThat(unresolved).hasSize(1);
        assertThat(unresolved.get(0).inDidomi()).isEqualTo(F);
        assertThat(unresolved.get(0).inColumn()).isEqualTo(T);
        assertThat(unresolved.get(0).reason()).contains("Dynamics", at(12).toString());
    }

    @Test
    void plannedEventRepairsTheDifference() {
        result.events.add(new PlannedEvent(NEWSLETTER, at(15), new Decision(Side.DYNAMICS, T, at(12), "y12")));

        assertThat(check(knowing(F), T)).isEmpty();
    }

    @Test
    void eventConfirmedAfterTheReadRepairsTheDifference() {
        ConsentRecord settled = knowing(F).withPending(new PendingEvent(T, at(12), at(15), true));

        assertThat(check(settled, T)).isEmpty();
    }

    @Test
    void eventConfirmedBeforeTheReadDoesNotRepairIt() {
        ConsentRecord settled = knowing(F).withPending(new PendingEvent(T, at(12), at(13), true));

        assertThat(check(settled, T)).hasSize(1);
    }

    @Test
    void equalValuesAreNotADifference() {
        assertThat(check(knowing(T), T)).isEmpty();
    }

    @Test
    void ordinarySettleReportsNothing() {
        Settler settler = new Settler(ContactMapping.of(List.of(World.mapped(COLUMN, false))));

        Settlement settled = settler.settle(
                Person.unknown(World.PERSON),
                SettleInput.reported(reported(didomi(T, 12)), List.of(user("u1", T, 12)), shows(false, 10)));

        assertThat(settled.columnWrites()).hasSize(1);
        assertThat(settled.unresolved()).isEmpty();
    }

    @Test
    void eventOrWriteOfAnotherValueDoesNotRepairIt() {
        Decision other = new Decision(Side.DYNAMICS, T, at(12), "y12");
        result.events.add(new PlannedEvent(OFFERS, at(15), other));
        result.columnWrites.add(new Settlement.ColumnWrite(OFFERS, COLUMN, F, false, "W/12"));
        result.columnWrites.add(new Settlement.ColumnWrite(NEWSLETTER, World.INVERTED, F, true, "W/12"));

        assertThat(check(knowing(F), T)).hasSize(1);
    }

    @Test
    void writeOfTheColumnRepairsTheDifference() {
        result.columnWrites.add(new Settlement.ColumnWrite(NEWSLETTER, COLUMN, F, false, "W/12"));

        assertThat(check(knowing(F), F)).isEmpty();
    }

    /** What the ledger knows of Didomi may be outdated. */
    @Test
    void userOfAnotherRegulationIsNoReadOfThisOne() {
        DidomiState elsewhere = new DidomiState(
                "u1", new Regulation("cpra"), new Stamp(Choice.UNKNOWN_VERSION, at(14)), null, Map.of());

        assertThat(check(mapped, elsewhere, knowing(F), T)).isEmpty();
    }

    /** The column shows a grant and Didomi a refusal. */
    @ParameterizedTest(name = "{0}, winner {1}: {2}")
    @CsvSource({
        "BOTH,        true,  1",
        "BOTH,        false, 1",
        "TO_DYNAMICS, true,  0",
        "TO_DYNAMICS, false, 1",
        "TO_DIDOMI,   true,  1",
        "TO_DIDOMI,   false, 0",
    })
    void onlyWhatTheDirectionRepairsIsReported(Direction direction, boolean winner, int reported) {
        Mapping oneWay = mapping(direction, NEWSLETTER.value());
        MappedColumn column = new MappedColumn(oneWay, ColumnCodec.of(oneWay, new ColumnType.Bool()));
        MappedRecord record = new MappedRecord(NEWSLETTER, List.of(column));

        assertThat(check(record, user("u1", F, 14), knowing(F), ConsentValue.of(winner)))
                .hasSize(reported);
    }

    @Test
    void valueThatDidomiCannotHoldIsNamedAsTheReason() {
        result.misfits.add(new Settlement.Misfit(mapping(Direction.BOTH, OFFERS.value()), "another reason"));
        String without = check(knowing(F), T).get(0).reason();
        result.misfits.add(new Settlement.Misfit(mapping(Direction.BOTH, NEWSLETTER.value()), "too long"));

        assertThat(without).startsWith("the newest choice was made in Dynamics");
        assertThat(check(knowing(F), T))
                .last()
                .satisfies(unresolved -> assertThat(unresolved.reason()).isEqualTo("mapping new_newsletter: too long"));
    }
}
