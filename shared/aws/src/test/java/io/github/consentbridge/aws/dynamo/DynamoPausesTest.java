package io.github.consentbridge.aws.dynamo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.aws.Emulators;
import io.github.consentbridge.connectors.http.RemoteSystem;
import io.github.consentbridge.simulators.http.ManualClock;
import io.github.consentbridge.sync.ledger.Pauses;
import io.github.consentbridge.sync.ledger.PausesContract;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DynamoPausesTest extends PausesContract {
    private static final Instant UNTIL = Instant.parse("2026-03-01T09:00:00Z");

    private final ManualClock clock = new ManualClock("2026-03-01T08:00:00Z");
    private final String table = Emulators.newTable();

    @Override
    protected Pauses pauses() {
        return new DynamoPauses(Emulators.table(table), clock);
    }

    @Test
    void otherProcessesPauseIsSeenAfterASecondAndOwnPauseAtOnce() {
        Pauses ours = pauses();
        assertThat(ours.pausedUntil()).isEmpty();
        pauses().pause(RemoteSystem.DIDOMI, UNTIL);

        assertThat(ours.pausedUntil()).isEmpty();
        clock.advance(Duration.ofSeconds(1));
        assertThat(ours.pausedUntil()).isEqualTo(Map.of(RemoteSystem.DIDOMI, UNTIL));
        ours.pause(RemoteSystem.DATAVERSE, UNTIL);
        assertThat(ours.pausedUntil()).hasSize(2);
    }
}
