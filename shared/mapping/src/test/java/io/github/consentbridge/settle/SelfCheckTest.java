package io.github.consentbridge.settle;

import static io.github.consentbridge.settle.Cases.at;
import static io.github.consentbridge.settle.Cases.didomi;
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
import io.github.consentbridge.settle.Settlement.Unresolved;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two values that differ are never passed over: here the ledger knows a grant that the contact shows, Didomi a refusal. */
class SelfCheckTest {
    private final MappedRegister mapped = new MappedRegister(NEWSLETTER, List.of(World.mapped(COLUMN, false)));
    private final Settler.Findings findings = new Settler.Findings();

    /** What the ledger knows after it settled the grant and read the user. */
    private static Register knowing(ConsentValue user) {
        return Register.EMPTY.withUser(
                "u1", Place.UNKNOWN.withSeen(new Seen(user, new Stamp(Choice.UNKNOWN_VERSION, at(14)), at(14))));
    }

    private List<Unresolved> check(Register settled, ConsentValue decided) {
        Evidence evidence =
                new Evidence(List.of(), List.of(), List.of(user("u1", F, 14)), shows(true, 12), DidomiRead.USERS);
        Decision decision = new Decision(Side.DYNAMICS, decided, at(12), "y12");
        new SelfCheck(mapped, evidence, findings, decision).check(settled);
        return findings.unresolved;
    }

    @Test
    void differenceThatNothingRepairsIsListed() {
        List<Unresolved> unresolved = check(knowing(F), T);

        assertThat(unresolved).hasSize(1);
        assertThat(unresolved.get(0).inDidomi()).isEqualTo(F);
        assertThat(unresolved.get(0).inColumn()).isEqualTo(T);
        assertThat(unresolved.get(0).reason()).contains("Dynamics", at(12).toString());
    }

    @Test
    void eventToBePostedRepairsIt() {
        findings.events.add(new DidomiEvent(NEWSLETTER, at(15), new Decision(Side.DYNAMICS, T, at(12), "y12")));

        assertThat(check(knowing(F), T)).isEmpty();
    }

    @Test
    void eventThatLandedAfterTheReadRepairsIt() {
        Register settled = knowing(F).withPosting(new Posting(T, at(12), at(15), true));

        assertThat(check(settled, T)).isEmpty();
    }

    @Test
    void eventThatLandedBeforeTheReadDoesNot() {
        Register settled = knowing(F).withPosting(new Posting(T, at(12), at(13), true));

        assertThat(check(settled, T)).hasSize(1);
    }

    @Test
    void equalValuesAreNoDifference() {
        assertThat(check(knowing(T), T)).isEmpty();
    }

    @Test
    void ordinarySettleListsNothing() {
        Settler settler = new Settler(ContactMapping.of(List.of(World.mapped(COLUMN, false))));

        Settlement settled = settler.settle(
                Person.unknown(World.PERSON),
                Evidence.told(told(didomi(T, 12)), List.of(user("u1", T, 12)), shows(false, 10)));

        assertThat(settled.columnWrites()).hasSize(1);
        assertThat(settled.unresolved()).isEmpty();
    }
}
