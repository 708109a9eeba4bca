package io.github.consentbridge.sync.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.consentbridge.connectors.http.Deadline;
import io.github.consentbridge.mapping.failure.BridgeException;
import io.github.consentbridge.mapping.failure.ExitCode;
import io.github.consentbridge.simulators.http.Fault;
import io.github.consentbridge.simulators.http.RouteKind;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A run waits for a system that fails, says so, and gives up in time. */
class PatienceTest {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final int PEOPLE = 120;

    private final Pairs pairs = new Pairs(PEOPLE);

    @AfterEach
    void stop() {
        pairs.close();
    }

    private ReconciliationReport run(Scan scan) {
        return pairs.run(new ReconciliationRequest(scan, false, false, true, PATIENCE), Deadline.none());
    }

    private BridgeException failed(Scan scan) {
        return catchThrowableOfType(BridgeException.class, () -> run(scan));
    }

    private static String authority(URI url) {
        return url.getAuthority();
    }

    @ParameterizedTest
    @EnumSource(Scan.class)
    void systemThatStaysDownIsNamedOnceThePatienceHasEnded(Scan scan) {
        pairs.systems.dataverse.faults().always(RouteKind.ANY, Fault.status(503));
        Instant begun = pairs.systems.clock.instant();

        BridgeException failed = failed(scan);

        assertThat(failed.exitCode()).isEqualTo(ExitCode.FAILURE);
        assertThat(failed.sentence())
                .contains("503", "waited 3 min", "microsoft-dynamics.instance")
                .contains(authority(pairs.systems.dataverse.url()));
        assertThat(Duration.between(begun, pairs.systems.clock.instant()))
                .isBetween(PATIENCE, PATIENCE.plusSeconds(30));
        assertThat(pairs.waits).isNotEmpty().allMatch(wait -> wait.contains("503"));
    }

    @ParameterizedTest
    @CsvSource({"READ_USERS, DIDOMI_API_URL", "POST_EVENTS, DIDOMI_API_URL"})
    void didomiIsNamedToo(RouteKind down, String setting) {
        for (int number = 0; number < 20; number++) {
            pairs.edit(number, "new_offers", true);
        }
        pairs.systems.didomi.faults().always(down, Fault.status(503));

        BridgeException failed = failed(Scan.FULL);

        assertThat(failed.exitCode()).isEqualTo(ExitCode.FAILURE);
        assertThat(failed.sentence())
                .contains("503", "waited 3 min", setting)
                .contains(authority(pairs.systems.didomi.url()));
    }

    /** Each try reads everyone on the page again. */
    @Test
    void systemThatStaysDownIsAskedLessAndLessOften() {
        for (int number = 0; number < 20; number++) {
            pairs.edit(number, "new_offers", true);
        }
        pairs.systems.didomi.faults().always(RouteKind.POST_EVENTS, Fault.status(503));

        failed(Scan.FULL);

        assertThat(pairs.waits).hasSizeBetween(8, 20);
    }

    @Test
    void systemThatFailsInTheMiddleIsWaitedForNoLonger() {
        for (int number = 0; number < PEOPLE; number++) {
            pairs.choose(number, "offers", true);
        }
        pairs.systems.clock.advance(Duration.ofMinutes(1));
        pairs.systems.dataverse.faults().next(RouteKind.BATCH, Fault.none(), Fault.none());
        pairs.systems.dataverse.faults().always(RouteKind.BATCH, Fault.status(503));

        BridgeException failed = failed(Scan.DIDOMI);

        assertThat(failed.exitCode()).isEqualTo(ExitCode.FAILURE);
        pairs.systems.recover();
        assertThat(run(Scan.DIDOMI).totals().changed()).isEqualTo(PEOPLE);
    }

    @Test
    void longThrottlingIsWaitedForNoLongerThanThePatience() {
        pairs.systems.dataverse.faults().always(RouteKind.FIND_CONTACTS, Fault.throttled(Duration.ofHours(2)));
        Instant begun = pairs.systems.clock.instant();

        BridgeException failed = failed(Scan.DIDOMI);

        assertThat(failed.exitCode()).isEqualTo(ExitCode.FAILURE);
        // Two pages wait at once, and each moves the clock.
        assertThat(Duration.between(begun, pairs.systems.clock.instant())).isLessThan(Duration.ofMinutes(7));
    }

    @Test
    void failureThatPassesIsWaitedForFromTheFirstRequestOn() {
        pairs.choose(7, "offers", true);
        pairs.systems.clock.advance(Duration.ofMinutes(1));
        Fault down = Fault.status(503);
        pairs.systems.didomi.faults().next(RouteKind.READ_USERS, down, down, down, down, down, down);

        ReconciliationReport report = run(Scan.DIDOMI);

        assertThat(report.totals().changed()).isEqualTo(1);
        assertThat(pairs.waits).isNotEmpty();
    }

    @Test
    void runThatWaitsKeepsItsLease() {
        List<Boolean> taken = new ArrayList<>();
        pairs.systems.didomi.faults().always(RouteKind.READ_USERS, (proceed, error) -> {
            Instant now = pairs.systems.clock.instant();
            taken.add(pairs.store.lease("another", now, now.plusSeconds(1)));
            return error.apply(503);
        });
        ReconciliationRequest patient =
                new ReconciliationRequest(Scan.DIDOMI, false, false, true, Duration.ofMinutes(30));

        assertThatThrownBy(() -> pairs.run(patient, Deadline.none())).hasMessageContaining("waited 30 min");

        assertThat(taken).hasSizeGreaterThan(10).containsOnly(false);
    }
}
