package io.github.consentbridge.sync.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.connectors.http.Deadline;
import io.github.consentbridge.simulators.didomi.SimulatedChoice;
import io.github.consentbridge.simulators.http.Fault;
import io.github.consentbridge.simulators.http.RouteKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** People known on one side only are counted; people missing from a faulty answer are not taken for absent. */
class RunRecorderTest {
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
    void failedSearchCountsNoPersonAsAbsent() {
        pairs.systems.dataverse.faults().next(RouteKind.FIND_CONTACTS, Fault.status(403));

        ReconciliationReport report = run();

        assertThat(report.totals().onlyInDidomi()).isZero();
    }

    @Test
    void faultyEmptyAnswerCountsNoPersonAsAbsent() {
        pairs.plant();
        pairs.systems.dataverse.faults().next(RouteKind.FIND_CONTACTS, Fault.emptied("value"));

        ReconciliationReport report = run();

        assertThat(report.totals().onlyInDidomi()).isZero();
        assertThat(report.totals().changed()).isEqualTo(Pairs.PLANTED);
    }

    @Test
    void peopleOfOneSideAreCountedApart() {
        pairs.systems.didomi.choose(SimulatedChoice.by("without-contact")
                .purpose("newsletter", true)
                .silently());

        ReconciliationReport report = run();

        assertThat(report.totals().onlyInDidomi()).isEqualTo(1);
        assertThat(pairs.onlyIn).containsExactly("DIDOMI without-contact");
        assertThat(pairs.found).isEmpty();
    }
}
