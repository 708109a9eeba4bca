package io.github.consentbridge.mapping.settle;

import static io.github.consentbridge.mapping.settle.Cases.at;
import static io.github.consentbridge.mapping.settle.Cases.decision;
import static io.github.consentbridge.mapping.settle.Cases.shows;
import static io.github.consentbridge.mapping.settle.World.COLUMN;
import static io.github.consentbridge.mapping.settle.World.F;
import static io.github.consentbridge.mapping.settle.World.NEWSLETTER;
import static io.github.consentbridge.mapping.settle.World.T;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.mapping.consent.Choice;
import io.github.consentbridge.mapping.consent.ContactState;
import io.github.consentbridge.mapping.consent.Stamp;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A column that we may not read looks empty. Didomi reported a grant at second 10; the column is empty at 12 and shows a
 * refusal at 20.
 */
class SettlerSecuredColumnsTest {
    private final Settler open = settler(false);
    private final Settler secured = settler(true);

    private static Settler settler(boolean secured) {
        MappedColumn column = World.mapped(COLUMN, false);
        return new Settler(ContactMapping.of(List.of(new MappedColumn(column.mapping(), column.codec(), secured))));
    }

    private static ContactState empty() {
        return new ContactState("c0", "W/12", new Stamp(12, at(12)), Map.of());
    }

    private static Settlement reading(Settler settler, Person before, ContactState row) {
        return settler.settle(before, SettleInput.reported(List.of(), List.of(), row));
    }

    private static Person grantedOnline(Settler settler) {
        Choice choice = Cases.didomi(T, 10);
        return settler.settle(Person.unknown(World.PERSON), SettleInput.reported(List.of(choice), List.of(), empty()))
                .person();
    }

    /** Both sides show the grant. */
    private static Person grantedAndShown(Settler settler) {
        return settler.settle(
                        Person.unknown(World.PERSON),
                        SettleInput.reported(List.of(Cases.didomi(T, 10)), List.of(), shows(true, 10)))
                .person();
    }

    @Test
    void refusalInAColumnThatWasEmptyIsAChoice() {
        Settlement settled = reading(open, grantedOnline(open), shows(false, 20));

        assertThat(decision(settled.person()).value()).isEqualTo(F);
    }

    @Test
    void whatASecuredColumnShowsOnceWeMayReadItIsNoChoice() {
        Settlement settled = reading(secured, grantedOnline(secured), shows(false, 20));

        assertThat(settled.unreported()).isEmpty();
        assertThat(decision(settled.person()).value()).isEqualTo(T);
    }

    @Test
    void changeInASecuredColumnThatWeMayReadIsAChoice() {
        Settlement settled = reading(secured, grantedAndShown(secured), shows(false, 20));

        assertThat(decision(settled.person()).value()).isEqualTo(F);
    }

    @Test
    void changeWhileTheSecuredColumnWasHiddenIsAChoice() {
        Person hidden = reading(secured, grantedAndShown(secured), empty()).person();

        assertThat(decision(reading(secured, hidden, shows(false, 20)).person()).value())
                .isEqualTo(F);
    }

    /** Dataverse tells by refusing our write that the column was only hidden. */
    @Test
    void whatAnEmptyColumnShowsIsNoChoiceOnceItsWriteWasRefused() {
        Settlement filled = reading(open, grantedOnline(open), empty());
        assertThat(filled.columnWrites()).hasSize(1);

        Person hidden = Confirmation.hidden(filled.person(), filled.columnWrites());
        Settlement settled = reading(open, hidden, shows(false, 20));

        assertThat(settled.unreported()).isEmpty();
        assertThat(decision(settled.person()).value()).isEqualTo(T);
    }

    @Test
    void columnThatShowedAValueWasNotHidden() {
        Settlement refusal = open.settle(
                grantedAndShown(open), SettleInput.reported(List.of(Cases.didomi(F, 12)), List.of(), shows(true, 10)));

        Person after = Confirmation.hidden(refusal.person(), refusal.columnWrites());

        assertThat(after).isEqualTo(refusal.person());
        assertThat(after.record(NEWSLETTER).column(COLUMN).observed()).isNotNull();
    }

    @Test
    void columnThatWasNeverReadStaysUnknown() {
        Person unread = Person.unknown(World.PERSON);
        Settlement.ColumnWrite write = new Settlement.ColumnWrite(NEWSLETTER, COLUMN, T, true, "W/12");

        assertThat(Confirmation.hidden(unread, List.of(write)).record(NEWSLETTER))
                .isEqualTo(ConsentRecord.EMPTY);
    }
}
