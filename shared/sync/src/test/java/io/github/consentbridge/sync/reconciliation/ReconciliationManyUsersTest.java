package io.github.consentbridge.sync.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.connectors.http.Deadline;
import io.github.consentbridge.simulators.didomi.SimulatedChoice;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** More Didomi users have one organization user id than are remembered. */
class ReconciliationManyUsersTest {
    private static final ReconciliationRequest DIDOMI = new ReconciliationRequest(Scan.DIDOMI, false, true, false);

    private final Pairs pairs = new Pairs(3);

    @AfterEach
    void stop() {
        pairs.close();
    }

    @Test
    void personIsReportedAsFailedAndOthersAreSettled() {
        for (int device = 0; device <= 400; device++) {
            pairs.systems.didomi.choose(SimulatedChoice.by("visitor")
                    .didomiUser("device-" + device)
                    .purpose("newsletter", true)
                    .silently());
        }
        pairs.choose(1, "newsletter", false);
        UUID contact = pairs.contacts.get(1);
        pairs.systems.clock.advance(Duration.ofMinutes(1));

        ReconciliationReport report = pairs.run(DIDOMI, Deadline.none());

        assertThat(report.finished()).isTrue();
        assertThat(report.totals().failed()).isPositive();
        assertThat(pairs.failures)
                .isNotEmpty()
                .allSatisfy(failure -> assertThat(failure)
                        .startsWith("visitor: more than 200 Didomi users")
                        .contains("ignored_keys"));
        assertThat(pairs.systems.outcomeLog.recorded).noneMatch(line -> line.contains("visitor"));
        assertThat(pairs.systems.newsletter(contact)).isEqualTo(false);
    }
}
