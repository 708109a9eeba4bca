package io.github.consentbridge.sync.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.connectors.http.RemoteSystem;
import io.github.consentbridge.simulators.http.Fault;
import io.github.consentbridge.simulators.http.RouteKind;
import io.github.consentbridge.sync.queue.Delivery;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Without a token nothing can be written, and no delivery is blamed. */
class SyncWorkerCredentialsTest {
    private static final String WRONG = "wrong~secret~value";

    private final Systems systems = new Systems(Systems.NEWSLETTER);
    private UUID ada;
    private Delivery delivery;

    @BeforeEach
    void start() {
        ada = systems.contact("ada");
        delivery = systems.chosen("ada", true, "2026-03-01T07:00:00Z");
    }

    @AfterEach
    void stop() {
        systems.close();
    }

    @ParameterizedTest
    @EnumSource
    void tokenEndpointInTroublePostponesTheDelivery(Trouble trouble) {
        systems.entra.faults().always(RouteKind.TOKEN, trouble.fault());
        SyncWorker worker = systems.worker();

        DeliveryOutcome first = systems.outcome(worker, delivery);
        systems.recover();
        DeliveryOutcome again = systems.outcome(worker, delivery);

        assertThat(first).isInstanceOf(DeliveryOutcome.Postponed.class);
        assertThat(again).isEqualTo(new DeliveryOutcome.Done());
        assertThat(systems.writesTo(ada)).isEqualTo(1);
    }

    @Test
    void wrongClientSecretPostponesAndPauses() {
        systems.dynamicsSecret = WRONG;

        DeliveryOutcome outcome = systems.outcome(systems.worker(), delivery);

        assertThat(outcome).isEqualTo(new DeliveryOutcome.Postponed(Duration.ofMinutes(1)));
        assertThat(systems.paused).containsOnlyKeys(RemoteSystem.DATAVERSE);
        assertThat(systems.dataverse.counters().requests()).isZero();
        assertThat(systems.outcomeLog.recorded)
                .anyMatch(line -> line.contains("client secret is wrong"))
                .noneMatch(line -> line.contains(WRONG));
    }

    @Test
    void wrongClientSecretNeverKillsADelivery() {
        systems.dynamicsSecret = WRONG;
        SyncWorker worker = systems.worker();

        for (int attempt = 0; attempt < 20; attempt++) {
            assertThat(systems.outcome(worker, delivery)).isInstanceOf(DeliveryOutcome.Postponed.class);
            systems.clock.advance(Duration.ofMinutes(2));
        }
    }

    @Test
    void rotatedClientSecretIsReadAtOnce() {
        SyncWorker worker = systems.worker();
        systems.entra.register(systems.entra.clientId(), "rotated~secret");
        systems.dynamicsSecret = "rotated~secret";

        DeliveryOutcome outcome = systems.outcome(worker, delivery);

        assertThat(outcome).isEqualTo(new DeliveryOutcome.Done());
        assertThat(systems.newsletter(ada)).isEqualTo(true);
    }

    @Test
    void refusedClientSecretPostponesWhereTheSecretCannotBeReadAgain() {
        systems.dynamicsSecret = WRONG;
        SyncWorker worker = systems.worker();
        systems.secretUnreadable = true;

        DeliveryOutcome outcome = systems.outcome(worker, delivery);

        assertThat(outcome).isEqualTo(new DeliveryOutcome.Postponed(Duration.ofMinutes(1)));
        assertThat(systems.paused).containsOnlyKeys(RemoteSystem.DATAVERSE);
    }

    @Test
    void refusedApiKeyPostponesWhereTheSecretCannotBeReadAgain() {
        try (Systems both = new Systems(Systems.document("\"bidirectional\": true,", Systems.NEWS))) {
            both.didomiSecret = WRONG;
            SyncWorker worker = both.worker();
            both.secretUnreadable = true;
            UUID grace = both.contact("grace");

            DeliveryOutcome outcome = both.outcome(worker, both.staff().edit(grace, Map.of("new_newsletter", true)));

            assertThat(outcome).isEqualTo(new DeliveryOutcome.Postponed(Duration.ofMinutes(1)));
            assertThat(both.paused).containsOnlyKeys(RemoteSystem.DIDOMI);
        }
    }

    @Test
    void revokedTokenIsReplacedWithoutAWord() {
        SyncWorker worker = systems.worker();
        systems.handle(worker, delivery);
        systems.entra.revokeTokens();

        DeliveryOutcome outcome = systems.outcome(worker, systems.chosen("ada", false, "2026-03-01T07:30:00Z"));

        assertThat(outcome).isEqualTo(new DeliveryOutcome.Done());
        assertThat(systems.newsletter(ada)).isEqualTo(false);
    }

    @Test
    void missingPrivilegePostponesAndPauses() {
        systems.dataverse.faults().always(RouteKind.FIND_CONTACTS, Fault.status(403));

        DeliveryOutcome outcome = systems.outcome(systems.worker(), delivery);

        assertThat(outcome).isEqualTo(new DeliveryOutcome.Postponed(Duration.ofMinutes(1)));
    }
}
