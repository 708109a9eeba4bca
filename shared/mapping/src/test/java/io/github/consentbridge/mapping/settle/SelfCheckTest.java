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

import io.github.consentbridge.mapping.consent.Choice;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.mapping.consent.Stamp;
import io.github.consentbridge.mapping.document.ConsentValue;
import io.github.consentbridge.mapping.settle.SettleInput.DidomiRead;
import io.github.consentbridge.mapping.settle.Settlement.Unresolved;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two values that differ are always reported: here the ledger and the contact have a grant, Didomi shows a refusal. */
class SelfCheckTest {
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
        SettleInput input =
                new SettleInput(List.of(), List.of(), List.of(user("u1", F, 14)), shows(true, 12), DidomiRead.USERS);
        Decision decision = new Decision(Side.DYNAMICS, decided, at(12), "y12");
        new SelfCheck(mapped, input, result, decision).check(settled);
        return result.unresolved;
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
}
