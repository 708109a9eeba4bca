package io.github.consentbridge.sync.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.connectors.http.Deadline;
import io.github.consentbridge.simulators.didomi.SimulatedChoice;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Users and contacts whose organization user id names nobody. */
class ReconciliationIgnoredKeysTest {
    private static final ReconciliationRequest FULL = new ReconciliationRequest(Scan.FULL, false, true, false);

    private final Pairs pairs = new Pairs(3);

    @AfterEach
    void stop() {
        pairs.close();
    }

    private void choose(String key, String device) {
        pairs.systems.didomi.choose(SimulatedChoice.by(key)
                .didomiUser(device)
                .purpose("newsletter", true)
                .silently());
    }

    @Test
    void usersAndContactsOfNobodyAreLeftOutAndCounted() {
        UUID contact = pairs.systems.contact("undefined");
        pairs.systems.contact("Null");
        choose("undefined", "device-1");
        choose("Undefined", "device-2");
        choose("0", "device-3");
        pairs.systems.clock.advance(Duration.ofMinutes(1));

        ReconciliationReport report = pairs.run(FULL, Deadline.none());

        assertThat(pairs.found).isEmpty();
        assertThat(pairs.onlyIn).isEmpty();
        assertThat(pairs.failures).isEmpty();
        assertThat(pairs.systems.newsletter(contact)).isEqualTo(false);
        assertThat(report.totals().didomi()).isEqualTo(6);
        assertThat(report.totals().dynamics()).isEqualTo(5);
        assertThat(report.totals().ignored()).isEqualTo(5);
    }
}
