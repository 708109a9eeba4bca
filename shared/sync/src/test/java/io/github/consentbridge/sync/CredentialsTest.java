package io.github.consentbridge.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.queue.Delivery;
import io.github.consentbridge.remote.RemoteSystem;
import io.github.consentbridge.simulators.http.Fault;
import io.github.consentbridge.simulators.http.RouteKind;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Without a token nothing can be written, and nobody's delivery is to blame. */
class CredentialsTest {
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

        Fate first = systems.fate(worker, delivery);
        systems.recover();
        Fate again = systems.fate(worker, delivery);

        assertThat(first).isInstanceOf(Fate.Postponed.class);
        assertThat(again).isEqualTo(new Fate.Done());
        assertThat(systems.writesTo(ada)).isEqualTo(1);
    }

    @Test
    void wrongClientSecretPostponesAndPauses() {
        systems.dynamicsSecret = WRONG;

        Fate fate = systems.fate(systems.worker(), delivery);

        assertThat(fate).isEqualTo(new Fate.Postponed(Duration.ofMinutes(1)));
        assertThat(systems.paused).containsOnlyKeys(RemoteSystem.DATAVERSE);
        assertThat(systems.dataverse.counters().requests()).isZero();
        assertThat(systems.journal.told)
                .anyMatch(line -> line.contains("client secret is wrong"))
                .noneMatch(line -> line.contains(WRONG));
    }

    @Test
    void wrongClientSecretNeverKillsADelivery() {
        systems.dynamicsSecret = WRONG;
        SyncWorker worker = systems.worker();

        for (int attempt = 0; attempt < 20; attempt++) {
            assertThat(systems.fate(worker, delivery)).isInstanceOf(Fate.Postponed.class);
            systems.clock.advance(Duration.ofMinutes(2));
        }
    }

    @Test
    void rotatedClientSecretIsReadAtOnce() {
        SyncWorker worker = systems.worker();
        systems.entra.register(systems.entra.clientId(), "rotated~secret");
        systems.dynamicsSecret = "rotated~secret";

        Fate fate = systems.fate(worker, delivery);

        assertThat(fate).isEqualTo(new Fate.Done());
        assertThat(systems.newsletter(ada)).isEqualTo(true);
    }

    @Test
    void revokedTokenIsReplacedWithoutAWord() {
        SyncWorker worker = systems.worker();
        systems.handle(worker, delivery);
        systems.entra.revokeTokens();

        Fate fate = systems.fate(worker, systems.chosen("ada", false, "2026-03-01T07:30:00Z"));

        assertThat(fate).isEqualTo(new Fate.Done());
        assertThat(systems.newsletter(ada)).isEqualTo(false);
    }

    @Test
    void missingPrivilegePostponesAndPauses() {
        systems.dataverse.faults().always(RouteKind.FIND_CONTACTS, Fault.status(403));

        Fate fate = systems.fate(systems.worker(), delivery);

        assertThat(fate).isEqualTo(new Fate.Postponed(Duration.ofMinutes(1)));
    }
}
