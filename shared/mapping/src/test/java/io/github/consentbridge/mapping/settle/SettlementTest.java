package io.github.consentbridge.mapping.settle;

import static io.github.consentbridge.mapping.settle.Cases.dynamics;
import static io.github.consentbridge.mapping.settle.Cases.reported;
import static io.github.consentbridge.mapping.settle.Cases.shows;
import static io.github.consentbridge.mapping.settle.Cases.user;
import static io.github.consentbridge.mapping.settle.World.COLUMN;
import static io.github.consentbridge.mapping.settle.World.F;
import static io.github.consentbridge.mapping.settle.World.INVERTED;
import static io.github.consentbridge.mapping.settle.World.T;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.mapping.consent.ContactState;
import io.github.consentbridge.mapping.consent.Stamp;
import io.github.consentbridge.mapping.settle.SettleInput.DidomiRead;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is left of a settlement after Dataverse refused columns, or audit history was asked. */
class SettlementTest {
    private final Settler settler = new Settler(ContactMapping.of(List.of(World.mapped(COLUMN, false))));

    /** Staff refuse at second 12 in one of two columns: the other one and Didomi are put right. */
    private static Settlement refusedInOneColumn() {
        Settler both =
                new Settler(ContactMapping.of(List.of(World.mapped(COLUMN, false), World.mapped(INVERTED, true))));
        ContactState row =
                new ContactState("c0", "W/12", new Stamp(12, Cases.at(12)), Map.of(COLUMN, false, INVERTED, false));
        return both.settle(
                World.granted(World.Merge.BY_DATE, true).ledger().person(),
                new SettleInput(
                        reported(dynamics(F, 12)), List.of(), List.of(user("u1", T, 10)), row, DidomiRead.USERS));
    }

    @Test
    void refusedColumnIsNeitherWrittenNorTold() {
        Settlement left = refusedInOneColumn().withoutColumns(Set.of(INVERTED));

        assertThat(left.columnWrites()).isEmpty();
        assertThat(left.changes())
                .extracting(Settlement.Change::column)
                .containsOnlyNulls()
                .hasSize(1);
        assertThat(left.events()).extracting(PlannedEvent::value).containsExactly(F);
    }

    @Test
    void othersAreWrittenAndTold() {
        Settlement settled = refusedInOneColumn();

        assertThat(settled.columnWrites()).hasSize(1);
        assertThat(settled.changes()).hasSize(2);
        assertThat(settled.withoutColumns(Set.of(COLUMN))).isEqualTo(settled);
    }

    @Test
    void auditHistoryIsAskedOnceForAChange() {
        Settlement settled = refusalFound(13);
        assertThat(settled.undated()).hasSize(1);

        Person searched = settled.afterHistory(settled.undated()).person();

        assertThat(readAgain(searched, 13).undated()).isEmpty();
        assertThat(Cases.decision(searched)).isEqualTo(Cases.decision(settled.person()));
    }

    /** The answer is about a change that another one has replaced meanwhile. */
    @Test
    void answerAboutAnotherChangeSaysNothing() {
        Settlement settled = refusalFound(13);

        Settlement after = settled.afterHistory(refusalFound(14).undated());

        assertThat(after.person()).isEqualTo(settled.person());
        assertThat(readAgain(after.person(), 13).undated()).hasSize(1);
    }

    private Settlement refusalFound(int second) {
        return readAgain(World.granted(World.Merge.BY_DATE, false).ledger().person(), second);
    }

    private Settlement readAgain(Person before, int second) {
        return settler.settle(before, SettleInput.reported(List.of(), List.of(), shows(false, second)));
    }
}
