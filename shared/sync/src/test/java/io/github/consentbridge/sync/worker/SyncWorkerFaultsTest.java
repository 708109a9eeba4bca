package io.github.consentbridge.sync.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.connectors.http.RemoteSystem;
import io.github.consentbridge.simulators.http.Fault;
import io.github.consentbridge.simulators.http.RouteKind;
import io.github.consentbridge.sync.logging.Metric;
import io.github.consentbridge.sync.queue.Delivery;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever goes wrong with Dataverse, nothing is lost, nothing is written twice, and an outage creates no contact. */
@Tag("every-store")
class SyncWorkerFaultsTest {
    private static final String T7 = "2026-03-01T07:00:00Z";

    private Systems systems = new Systems(Systems.document("", Systems.NEWS, Systems.NO_NEWS));

    @AfterEach
    void stop() {
        systems.close();
    }

    @ParameterizedTest
    @EnumSource
    void faultOfTheReadIsNoAnswer(Trouble trouble) {
        faultIsNoAnswer(RouteKind.FIND_CONTACTS, trouble);
    }

    @ParameterizedTest
    @EnumSource
    void faultOfTheBatchIsNoAnswer(Trouble trouble) {
        faultIsNoAnswer(RouteKind.BATCH, trouble);
    }

    private void faultIsNoAnswer(RouteKind kind, Trouble trouble) {
        UUID ada = systems.dataverse.addContact(Map.of("new_didomiid", "ada", "new_nonews", true));
        SyncWorker worker = systems.worker();
        Delivery delivery = systems.chosen("ada", true, T7);
        systems.dataverse.faults().always(kind, trouble.fault());

        DeliveryOutcome first = systems.outcome(worker, delivery);
        Set<RemoteSystem> paused = Set.copyOf(systems.paused.keySet());
        systems.recover();
        DeliveryOutcome again = systems.outcome(worker, delivery);
        DeliveryOutcome further = systems.outcome(systems.worker(), delivery);

        assertThat(first).isInstanceOf(DeliveryOutcome.Postponed.class);
        assertThat(paused).containsExactly(RemoteSystem.DATAVERSE);
        assertThat(systems.paused).isEmpty();
        assertThat(again).isEqualTo(new DeliveryOutcome.Done());
        assertThat(further).isEqualTo(new DeliveryOutcome.Done());
        assertThat(systems.dataverse.contact(ada))
                .containsEntry("new_newsletter", true)
                .containsEntry("new_nonews", false);
        assertThat(systems.writesTo(ada)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void outageNeverCreatesAContact(Trouble trouble) {
        systems.close();
        systems = new Systems(Systems.creating("", Systems.NEWS, Systems.NO_NEWS));
        UUID ada = systems.contact("ada");
        SyncWorker worker = systems.worker();
        Delivery delivery = systems.chosen("ada", true, T7);
        systems.dataverse.faults().always(RouteKind.FIND_CONTACTS, trouble.fault());

        systems.handle(worker, delivery);
        systems.recover();
        systems.handle(worker, delivery);

        assertThat(systems.dataverse.contactIds()).containsExactly(ada);
        assertThat(systems.newsletter(ada)).isEqualTo(true);
    }

    @ParameterizedTest
    @EnumSource
    void createThatFailedIsRepeatedWithoutASecondContact(Trouble trouble) {
        systems.close();
        systems = new Systems(Systems.creating("", Systems.NEWS, Systems.NO_NEWS));
        SyncWorker worker = systems.worker();
        Delivery delivery = systems.chosen("ada", true, T7);
        systems.dataverse.faults().always(RouteKind.BATCH, trouble.fault());

        systems.handle(worker, delivery);
        systems.recover();
        systems.handle(worker, delivery);
        systems.handle(systems.worker(), delivery);

        assertThat(systems.dataverse.counters().rowsCreated()).isEqualTo(1);
        assertThat(systems.dataverse.counters().rowsWritten()).isEqualTo(1);
        assertThat(systems.newsletter(systems.dataverse.contactIds().get(0))).isEqualTo(true);
    }

    @ParameterizedTest
    @CsvSource({
        "FIND_CONTACTS, THROTTLED_FOR_SECONDS, 37",
        "FIND_CONTACTS, THROTTLED_UNTIL_A_DATE, 90",
        "BATCH, THROTTLED_FOR_SECONDS, 37",
        "BATCH, THROTTLED_UNTIL_A_DATE, 90",
    })
    void throttlingIsObservedToTheSecond(RouteKind kind, Trouble trouble, int seconds) {
        systems.contact("ada");
        systems.dataverse.faults().next(kind, trouble.fault());

        DeliveryOutcome outcome = systems.outcome(systems.worker(), systems.chosen("ada", true, T7));

        assertThat(outcome).isEqualTo(new DeliveryOutcome.Postponed(Duration.ofSeconds(seconds)));
        assertThat(systems.outcomeLog.total(Metric.THROTTLED)).isEqualTo(1);
    }

    @Test
    void rowThatIsEditedDuringEachAttemptIsGivenBackAndThenWritten() {
        UUID ada = systems.contact("ada");
        SyncWorker worker = systems.worker();
        Delivery delivery = systems.chosen("ada", true, T7);
        systems.dataverse
                .faults()
                .always(
                        RouteKind.UPDATE_CONTACT,
                        Fault.after(() -> systems.dataverse.editContact(ada, Map.of("firstname", "A"))));

        DeliveryOutcome busy = systems.outcome(worker, delivery);
        systems.recover();
        DeliveryOutcome later = systems.outcome(worker, delivery);

        assertThat(busy).isInstanceOf(DeliveryOutcome.Failed.class);
        assertThat(later).isEqualTo(new DeliveryOutcome.Done());
        assertThat(systems.newsletter(ada)).isEqualTo(true);
        assertThat(systems.writesTo(ada)).isEqualTo(1);
        assertThat(systems.outcomeLog.total(Metric.CONFLICTS)).isEqualTo(SettleRounds.MAX_ROUNDS);
    }
}
