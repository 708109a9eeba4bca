package io.github.consentbridge.sync.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.connectors.http.Deadline;
import io.github.consentbridge.simulators.didomi.SimulatedChoice;
import io.github.consentbridge.simulators.http.Fault;
import io.github.consentbridge.simulators.http.RouteKind;
import io.github.consentbridge.sync.reconciliation.ReconciliationReport;
import io.github.consentbridge.sync.reconciliation.ReconciliationRequest;
import io.github.consentbridge.sync.reconciliation.Scan;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Absent is not failed: who is missing in an answer that is none is not taken for a person who does not exist. */
class AbsentPeopleTest {
    private static final int PAIRS = 1000;

    private final Pairs pairs = new Pairs(PAIRS);

    @AfterEach
    void stop() {
        pairs.close();
    }

    private ReconciliationReport run() {
        return pairs.run(new ReconciliationRequest(Scan.DIDOMI, false, false, false), Deadline.none());
    }

    @Test
    void whoeverIsNotFoundBecauseOfATroubleIsNotTakenForAbsent() {
        pairs.systems.dataverse.faults().next(RouteKind.FIND_CONTACTS, Fault.status(403));

        ReconciliationReport report = run();

        assertThat(report.totals().onlyInDidomi()).isZero();
    }

    @Test
    void answerThatLacksContactsByFaultMakesNobodyAbsent() {
        pairs.plant();
        pairs.systems.dataverse.faults().next(RouteKind.FIND_CONTACTS, Fault.emptied("value"));

        ReconciliationReport report = run();

        assertThat(report.totals().onlyInDidomi()).isZero();
        assertThat(report.totals().changed()).isEqualTo(Pairs.PLANTED);
    }

    @Test
    void peopleOfOneSideAreCountedApart() {
        pairs.systems.didomi.choose(
                SimulatedChoice.by("nobody").purpose("newsletter", true).silently());

        ReconciliationReport report = run();

        assertThat(report.totals().onlyInDidomi()).isEqualTo(1);
        assertThat(pairs.onlyIn).containsExactly("DIDOMI nobody");
        assertThat(pairs.found).isEmpty();
    }

    @ParameterizedTest
    @MethodSource
    void pageThatIsNoneIsReadAgain(Fault fault) {
        pairs.plant();
        pairs.systems.didomi.faults().next(RouteKind.READ_USERS, Fault.none(), Fault.none(), fault);

        ReconciliationReport report = run();

        assertThat(report.totals().didomi()).isEqualTo(PAIRS + 3);
        assertThat(report.totals().changed()).isEqualTo(Pairs.PLANTED);
    }

    static Stream<Fault> pageThatIsNoneIsReadAgain() {
        return Stream.of(Fault.emptied("data"), Fault.repeated("cursor"));
    }
}
