package io.github.consentbridge.sync.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.connectors.http.Deadline;
import io.github.consentbridge.simulators.http.Fault;
import io.github.consentbridge.simulators.http.RouteKind;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The scan of Didomi users: its requests, and faulty pages. */
class DidomiPassTest {
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
    void requestsAreThreeForTwoHundredPeople() {
        ReconciliationReport report = run();

        assertThat(report.totals().didomi()).isEqualTo(PAIRS);
        assertThat(report.didomiRequests() + report.dataverseRequests()).isLessThanOrEqualTo(3 * PAIRS / 200 + 7);
    }

    @ParameterizedTest
    @MethodSource
    void faultyPageIsReadAgain(Fault fault) {
        pairs.plant();
        pairs.systems.didomi.faults().next(RouteKind.READ_USERS, Fault.none(), Fault.none(), fault);

        ReconciliationReport report = run();

        assertThat(report.totals().didomi()).isEqualTo(PAIRS + 3);
        assertThat(report.totals().changed()).isEqualTo(Pairs.PLANTED);
    }

    static Stream<Fault> faultyPageIsReadAgain() {
        return Stream.of(Fault.emptied("data"), Fault.repeated("cursor"));
    }
}
