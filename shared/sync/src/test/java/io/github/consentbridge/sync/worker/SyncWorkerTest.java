package io.github.consentbridge.sync.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.connectors.http.RemoteSystem;
import io.github.consentbridge.simulators.http.Fault;
import io.github.consentbridge.simulators.http.RouteKind;
import io.github.consentbridge.sync.logging.Metric;
import io.github.consentbridge.sync.queue.Delivery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SyncWorkerTest {
    private final Systems systems = new Systems(Systems.NEWSLETTER);

    @AfterEach
    void stop() {
        systems.close();
    }

    @Test
    void choiceReachesTheContact() {
        UUID ada = systems.contact("ada");

        Map<Delivery, DeliveryOutcome> deliveryOutcomes =
                systems.handle(systems.worker(), systems.chosen("ada", true, "2026-03-01T07:00:00Z"));

        assertThat(deliveryOutcomes.values()).containsExactly(new DeliveryOutcome.Done());
        assertThat(systems.newsletter(ada)).isEqualTo(true);
        assertThat(systems.dataverse.counters().writesTo(ada)).isEqualTo(1);
    }

    @Test
    void olderChoiceLeavesTheContactUnchanged() {
        UUID ada = systems.contact("ada");
        SyncWorker worker = systems.worker();

        systems.handle(worker, systems.chosen("ada", true, "2026-03-01T07:00:02Z"));
        systems.handle(worker, systems.chosen("ada", false, "2026-03-01T07:00:01Z"));

        assertThat(systems.newsletter(ada)).isEqualTo(true);
        assertThat(systems.dataverse.counters().writesTo(ada)).isEqualTo(1);
        assertThat(systems.outcomeLog.total(Metric.SUPERSEDED)).isEqualTo(1);
    }

    @Test
    void hundredDeliveriesOfOneChangeAreOneWrite() {
        UUID ada = systems.contact("ada");
        Delivery delivery = systems.chosen("ada", true, "2026-03-01T07:00:00Z");
        Delivery[] hundred = new Delivery[100];
        java.util.Arrays.fill(hundred, delivery);

        systems.handle(systems.worker(), hundred);

        assertThat(systems.dataverse.counters().writesTo(ada)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "O'Brien",
                "user+news@example.com",
                "50%off&x=1#y",
                "a/b",
                "Renée",
                "météo",
                "6f0c0000-0000-4000-8000-00000000000a",
                "日本語",
                "a\\\\b"
            })
    void keyOfAnyKindFindsItsContact(String key) {
        UUID contact = systems.contact(key.replace("\\\\", "\\"));

        systems.handle(systems.worker(), systems.chosen(key, true, "2026-03-01T07:00:00Z"));

        assertThat(systems.newsletter(contact)).isEqualTo(true);
    }

    @Test
    void rowThatSomebodyEditedMeanwhileIsReadAndSettledAgain() {
        UUID ada = systems.contact("ada");
        systems.dataverse
                .faults()
                .next(
                        RouteKind.UPDATE_CONTACT,
                        Fault.after(() -> systems.dataverse.editContact(ada, Map.of("firstname", "A"))));

        systems.handle(systems.worker(), systems.chosen("ada", true, "2026-03-01T07:00:00Z"));

        assertThat(systems.newsletter(ada)).isEqualTo(true);
        assertThat(systems.outcomeLog.total(Metric.CONFLICTS)).isEqualTo(1);
    }

    @Test
    void tenThousandPeopleNeedAtMostThreeRequestsPerHundred() {
        List<Delivery> batch = new ArrayList<>();
        for (int person = 0; person < 10_000; person++) {
            systems.contact("person-" + person);
            batch.add(systems.chosen("person-" + person, true, "2026-03-01T07:00:00Z"));
        }
        systems.dataverse.counters().reset();
        SyncWorker worker = systems.worker();

        for (int from = 0; from < batch.size(); from += 500) {
            systems.handle(worker, batch.subList(from, from + 500).toArray(Delivery[]::new));
        }

        assertThat(systems.dataverse.counters().rowsWritten()).isEqualTo(10_000);
        assertThat(systems.dataverse.counters().requests()).isLessThanOrEqualTo(300);
    }

    @Test
    void throttledSystemIsPausedAndTheDeliveryGoesBack() {
        systems.contact("ada");
        systems.dataverse.faults().next(RouteKind.FIND_CONTACTS, Fault.throttled(Duration.ofSeconds(37)));
        Delivery delivery = systems.chosen("ada", true, "2026-03-01T07:00:00Z");
        SyncWorker worker = systems.worker();

        Map<Delivery, DeliveryOutcome> first = systems.handle(worker, delivery);
        long requests = systems.dataverse.counters().requests();
        Map<Delivery, DeliveryOutcome> second = systems.handle(worker, delivery);

        assertThat(first.get(delivery)).isEqualTo(new DeliveryOutcome.Postponed(Duration.ofSeconds(37)));
        assertThat(second.get(delivery)).isEqualTo(new DeliveryOutcome.Postponed(Duration.ofSeconds(37)));
        assertThat(systems.dataverse.counters().requests()).isEqualTo(requests);
        assertThat(systems.paused).containsKey(RemoteSystem.DATAVERSE);
    }
}
