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
import static io.github.consentbridge.mapping.settle.World.INVERTED;
import static io.github.consentbridge.mapping.settle.World.NEWSLETTER;
import static io.github.consentbridge.mapping.settle.World.T;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.mapping.consent.Choice;
import io.github.consentbridge.mapping.consent.ConsentRecordId;
import io.github.consentbridge.mapping.consent.ContactState;
import io.github.consentbridge.mapping.consent.CopiedValue;
import io.github.consentbridge.mapping.consent.Stamp;
import io.github.consentbridge.mapping.document.ConsentValue;
import io.github.consentbridge.mapping.document.DidomiPath;
import io.github.consentbridge.mapping.document.Regulation;
import io.github.consentbridge.mapping.settle.SettleInput.DidomiRead;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A merge of two contacts copies a value into the row of the one that is left: nobody decided that. Both sides first
 * show the same choice of second 10. The webhook that tells of the copy names no row version.
 */
class SettlerMergesTest {
    private final Settler settler = new Settler(ContactMapping.of(List.of(World.mapped(COLUMN, false))));
    private final Person refused = agreed(F);
    private final Person granted = agreed(T);

    private Person agreed(ConsentValue value) {
        return settler.settle(
                        Person.unknown(World.PERSON),
                        SettleInput.reported(
                                reported(didomi(value, 10)),
                                List.of(user("u1", value, 10)),
                                shows(value.equals(T), 10)))
                .person();
    }

    private static CopiedValue copy(ConsentValue value, int second) {
        return copy(value, Choice.UNKNOWN_VERSION, second);
    }

    private static CopiedValue copy(ConsentValue value, long version, int second) {
        return new CopiedValue(NEWSLETTER, "c0", COLUMN, value, new Stamp(version, at(second)));
    }

    private static ContactState row(boolean value, long version, int second) {
        return new ContactState("c0", "W/" + version, new Stamp(version, at(second)), Map.of(COLUMN, value));
    }

    private Settlement settle(Person before, ContactState row, CopiedValue... copied) {
        return settler.settle(
                before,
                new SettleInput(
                                List.of(),
                                List.of(),
                                List.of(user("u1", before.equals(granted) ? T : F, 10)),
                                row,
                                DidomiRead.USERS)
                        .withCopied(List.of(copied)));
    }

    private Settlement toldOf(Person before, List<Choice> choices, ContactState row, CopiedValue... copied) {
        return settler.settle(
                before, SettleInput.reported(choices, List.of(), row).withCopied(List.of(copied)));
    }

    private static void assertStillRefused(Settlement settled) {
        assertThat(settled.unreported()).isEmpty();
        assertThat(decision(settled.person()))
                .extracting(Decision::value, Decision::decidedAt)
                .containsExactly(F, at(10));
        assertThat(settled.columnWrites())
                .extracting(Settlement.ColumnWrite::value)
                .containsExactly(F);
        assertThat(settled.events()).isEmpty();
    }

    private static void assertDecided(Settlement settled, ConsentValue value, int second) {
        assertThat(decision(settled.person()))
                .extracting(Decision::value, Decision::decidedAt)
                .containsExactly(value, at(second));
    }

    @Test
    void copiedGrantIsNoChoice() {
        assertStillRefused(settle(refused, shows(true, 20), copy(T, 20)));
    }

    /** The copy was taken for a choice before it was told of, and the contact has been replaced, or deleted, since. */
    @Test
    void copyIntoAContactThatIsGoneIsNoChoiceEither() {
        Person mistaken = settle(refused, shows(true, 20)).person();
        assertDecided(settle(mistaken, shows(true, 20)), T, 20);
        ContactState anew = new ContactState("c1", "W/30", new Stamp(30, at(30)), Map.of(COLUMN, false));

        assertDecided(settle(mistaken, anew, copy(T, 20)), F, 10);
        assertDecided(settle(settle(mistaken, anew).person(), anew, copy(T, 20)), F, 10);
        assertDecided(
                settler.settle(
                        mistaken,
                        SettleInput.reported(List.of(), List.of(), null).withCopied(List.of(copy(T, 20)))),
                F,
                10);
    }

    @Test
    void copiedRefusalIsNoChoice() {
        Settlement settled = settle(granted, shows(false, 20), copy(F, 20));

        assertThat(settled.unreported()).isEmpty();
        assertDecided(settled, T, 10);
        assertThat(settled.columnWrites())
                .extracting(Settlement.ColumnWrite::value)
                .containsExactly(T);
    }

    @Test
    void grantFoundInTheRowGivesWayToTheDeliveryOfItsCopy() {
        Settlement found = settle(refused, shows(true, 20));
        assertDecided(found, T, 20);

        Settlement told = toldOf(found.person(), List.of(), shows(true, 20), copy(T, 20));

        assertThat(told.unreported()).isEmpty();
        assertDecided(told, F, 10);
        assertThat(told.columnWrites())
                .extracting(Settlement.ColumnWrite::value)
                .containsExactly(F);
    }

    /** The row was changed once more between the merge and our reading: another column, for example. */
    @Test
    void grantFoundLaterThanTheCopyGivesWayToo() {
        Person found = settle(refused, shows(true, 25)).person();

        assertDecided(toldOf(found, List.of(), shows(true, 25), copy(T, 20)), F, 10);
    }

    @Test
    void refusalFoundBeforeTheCopyStandsAgain() {
        Person refusedByStaff = settle(granted, shows(false, 15)).person();
        Settlement found = settle(refusedByStaff, shows(true, 20));
        assertDecided(found, T, 20);

        Settlement told = toldOf(found.person(), List.of(), shows(true, 20), copy(T, 20));

        assertDecided(told, F, 15);
        assertThat(told.columnWrites())
                .extracting(Settlement.ColumnWrite::value)
                .containsExactly(F);
    }

    @Test
    void refusalFoundAfterTheCopyStands() {
        Person refusedByStaff = settle(granted, shows(false, 15)).person();

        Settlement told = toldOf(refusedByStaff, List.of(), shows(false, 15), copy(T, 12));

        assertDecided(told, F, 15);
        assertThat(told.columnWrites()).isEmpty();
    }

    /** Neither the copy of before it was last read as refused, nor one of a row that already showed the grant. */
    @Test
    void grantThatCannotBeTheCopyStands() {
        Person seen = settle(refused, shows(false, 20)).person();
        Person grantedByStaff = settle(seen, shows(true, 30)).person();

        assertDecided(toldOf(grantedByStaff, List.of(), shows(true, 30), copy(T, 19)), T, 30);
        assertDecided(toldOf(grantedByStaff, List.of(), shows(true, 31), copy(T, 31)), T, 30);
    }

    /** Dynamics keeps whole seconds. The row was read, or written by us, and then merged in the same second. */
    @Test
    void copyInTheSecondOfTheLastObservationExplainsTheRow() {
        Person seen = settle(refused, row(false, 20, 20)).person();

        assertStillRefused(settle(seen, row(true, 21, 20), copy(T, 20)));
        assertStillRefused(settle(seen, row(true, 21, 20), copy(T, 21, 20)));
    }

    @Test
    void copyInTheSecondOfOurWriteExplainsTheRow() {
        Settlement merged = settle(refused, shows(true, 20), copy(T, 20));
        Person written = Confirmation.written(merged.person(), merged.columnWrites());

        assertStillRefused(settle(written, row(true, 22, 20), copy(T, 20)));
    }

    @Test
    void copyOfAnEarlierRowVersionInThatSecondExplainsNothing() {
        Person seen = settle(refused, row(false, 20, 20)).person();

        assertDecided(settle(seen, row(true, 25, 25), copy(T, 19, 20)), T, 25);
    }

    @Test
    void copyOfAnEarlierSecondExplainsNothing() {
        Person seen = settle(refused, shows(false, 20)).person();

        Settlement settled = settle(seen, shows(true, 30), copy(T, 19));

        assertThat(settled.unreported()).hasSize(1);
        assertDecided(settled, T, 30);
    }

    @Test
    void copyIntoARowThatIsNewToUsIsNoChoice() {
        Settlement settled = toldOf(
                settler.settle(
                                Person.unknown(World.PERSON),
                                SettleInput.reported(reported(didomi(F, 10)), List.of(), null))
                        .person(),
                List.of(),
                shows(true, 20),
                copy(T, 20));

        assertStillRefused(settled);
    }

    static Stream<CopiedValue> elsewhere() {
        Stamp stamp = new Stamp(Choice.UNKNOWN_VERSION, at(20));
        ConsentRecordId other = new ConsentRecordId(Regulation.GDPR, new DidomiPath.Purpose("events"));
        return Stream.of(
                new CopiedValue(NEWSLETTER, "c1", COLUMN, T, stamp),
                new CopiedValue(NEWSLETTER, "c0", INVERTED, T, stamp),
                new CopiedValue(other, "c0", COLUMN, T, stamp),
                copy(F, 20));
    }

    @ParameterizedTest
    @MethodSource("elsewhere")
    void copyOfAnotherValueOrIntoAnotherPlaceExplainsNothing(CopiedValue copied) {
        assertDecided(settle(refused, shows(true, 20), copied), T, 20);
    }

    @Test
    void choiceByStaffAfterTheCopyCounts() {
        Settlement told = toldOf(refused, reported(dynamics(T, 30)), shows(true, 30), copy(T, 20));

        assertDecided(told, T, 30);
    }

    /** Nothing tells of the change by staff: it came after the copy, which is the row's last known state. */
    @Test
    void unreportedChangeAfterTheCopyCounts() {
        Settlement settled = settle(granted, shows(false, 30), copy(T, 20));

        assertDecided(settled, F, 30);
        assertThat(settled.unreported())
                .extracting(change -> change.inferred().after())
                .containsExactly(at(20));
    }

    @Test
    void grantByStaffAfterTheCopyWasPutRightCounts() {
        Settlement merged = settle(refused, shows(true, 20), copy(T, 20));
        Person written = Confirmation.written(merged.person(), merged.columnWrites());
        Person readBack = settle(written, shows(false, 21)).person();

        assertDecided(settle(readBack, shows(true, 30)), T, 30);
    }

    @Test
    void repeatedDeliveryOfTheCopyChangesNothing() {
        Settlement first = settle(refused, shows(true, 20), copy(T, 20));

        Settlement again = settle(first.person(), shows(true, 20), copy(T, 20));

        assertStillRefused(again);
    }
}
