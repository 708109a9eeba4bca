package io.github.consentbridge.sync.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.connectors.http.RemoteSystem;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.simulators.http.RouteKind;
import io.github.consentbridge.sync.logging.Metric;
import io.github.consentbridge.sync.queue.Delivery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Deliveries of Dynamics that lack the key, the time or a value, so that the row must be read. */
class SyncWorkerIncompleteDeliveriesTest {
    private final Systems systems =
            new Systems(Systems.document("\"bidirectional\": true,", Systems.NEWS, Systems.OFFERS));
    private final SyncWorker worker = systems.worker();
    private UUID ada;

    @BeforeEach
    void start() {
        ada = systems.contact("ada");
        systems.handle(worker, systems.chosen("ada", true, "2026-03-01T07:00:00Z"));
        systems.clock.advance(Duration.ofHours(1));
        systems.dataverse.counters().reset();
    }

    @AfterEach
    void stop() {
        systems.close();
    }

    @Test
    void keyIsReadFromTheRow() {
        Delivery delivery = systems.staff()
                .call(systems.staff()
                        .editBody(ada, Map.of("new_newsletter", false))
                        .withoutImages());

        DeliveryOutcome outcome = systems.outcome(worker, delivery);

        assertThat(outcome).isEqualTo(new DeliveryOutcome.Done());
        assertThat(systems.didomi.enabled("ada", "newsletter")).hasValue(false);
    }

    @Test
    void rowsOfABatchAreReadTogether() {
        List<Delivery> batch = new ArrayList<>();
        for (int person = 0; person < 20; person++) {
            UUID contact = systems.contact("person-" + person);
            batch.add(systems.staff()
                    .call(systems.staff()
                            .editBody(contact, Map.of("new_newsletter", true))
                            .withoutImages()));
        }

        systems.handle(worker, batch.toArray(Delivery[]::new));

        assertThat(systems.didomi.enabled("person-19", "newsletter")).hasValue(true);
        assertThat(systems.dataverse.counters().requests(RouteKind.FIND_CONTACTS))
                .isEqualTo(2);
    }

    @Test
    void contactWithoutAKeyIsADeadLetterAfterOneRead() {
        UUID nobody = systems.dataverse.addContact(Map.of("firstname", "Nobody"));
        Delivery choice = systems.staff().edit(nobody, Map.of("new_newsletter", true));

        DeliveryOutcome outcome = systems.outcome(worker, choice);

        assertThat(outcome).isEqualTo(new DeliveryOutcome.Dead("contact has no organization user id"));
        assertThat(systems.dataverse.counters().requests(RouteKind.FIND_CONTACTS))
                .isEqualTo(1);
    }

    @Test
    void newContactWithoutAKeyAndWithItsDefaultsIsWorthNoRequest() {
        Delivery created = systems.staff().create(Map.of("firstname", "Nobody"));
        systems.outcome(worker, created);
        systems.dataverse.counters().reset();

        DeliveryOutcome outcome = systems.outcome(worker, created);

        assertThat(outcome).isEqualTo(new DeliveryOutcome.Done());
        assertThat(systems.dataverse.counters().requests()).isZero();
    }

    @Test
    void strippedUpdateIsNoticedInTheRow() {
        Delivery stripped = systems.staff()
                .call(systems.staff()
                        .editBody(ada, Map.of("new_newsletter", false))
                        .stripped());

        DeliveryOutcome outcome = systems.outcome(worker, stripped);

        assertThat(outcome).isEqualTo(new DeliveryOutcome.Done());
        assertThat(systems.didomi.enabled("ada", "newsletter")).hasValue(false);
    }

    @Test
    void unreadableValueIsNamedAndReadFromTheRow() {
        StaffActions.Body body = systems.staff().editBody(ada, Map.of("new_newsletter", false));
        ObjectNode attribute = (ObjectNode) body.json().at("/InputParameters/0/value/Attributes/0");
        attribute.putObject("value").put("__type", "Novelty:http://example.org");

        DeliveryOutcome outcome = systems.outcome(worker, systems.staff().call(body));

        assertThat(outcome).isEqualTo(new DeliveryOutcome.Done());
        assertThat(systems.didomi.enabled("ada", "newsletter")).hasValue(false);
        assertThat(systems.outcomeLog.total(Metric.UNREADABLE_VALUES)).isEqualTo(1);
        assertThat(systems.outcomeLog.recorded)
                .anyMatch(line -> line.startsWith("unreadable value")
                        && line.contains("Novelty")
                        && line.contains("new_newsletter"));
    }

    @Test
    void mergedRowSpeaksForItsSurvivor() {
        UUID grace = systems.contact("grace");
        StaffActions.Body body =
                systems.staff().editBody(ada, Map.of("statecode", 1, "statuscode", 2, "new_offers", true));
        ObjectNode target = (ObjectNode) body.json().at("/InputParameters/0/value");
        target.withArray("Attributes")
                .addObject()
                .put("key", "masterid")
                .putObject("value")
                .put("Id", grace.toString())
                .put("LogicalName", "contact");

        DeliveryOutcome outcome = systems.outcome(worker, systems.staff().call(body));

        assertThat(outcome).isEqualTo(new DeliveryOutcome.Done());
        assertThat(systems.didomi.enabled("grace", "offers")).hasValue(true);
        assertThat(systems.didomi.enabled("grace", "newsletter"))
                .as("not copied")
                .isEmpty();
        assertThat(systems.didomi.enabled("ada", "offers")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void outageOfDataverseBlamesNoDelivery(Trouble trouble) {
        Delivery delivery = systems.staff()
                .call(systems.staff()
                        .editBody(ada, Map.of("new_newsletter", false))
                        .withoutImages());
        systems.dataverse.faults().always(RouteKind.FIND_CONTACTS, trouble.fault());

        DeliveryOutcome first = systems.outcome(worker, delivery);
        Set<RemoteSystem> paused = Set.copyOf(systems.paused.keySet());
        systems.recover();
        DeliveryOutcome again = systems.outcome(worker, delivery);

        assertThat(first).isInstanceOf(DeliveryOutcome.Postponed.class);
        assertThat(paused).containsExactly(RemoteSystem.DATAVERSE);
        assertThat(again).isEqualTo(new DeliveryOutcome.Done());
        assertThat(systems.didomi.enabled("ada", "newsletter")).hasValue(false);
    }

    @Test
    void ownUserIsAskedForOnce() {
        systems.handle(worker, systems.staff().edit(ada, Map.of("new_newsletter", false)));
        systems.dataverse.counters().reset();

        systems.handle(worker, systems.staff().edit(ada, Map.of("new_newsletter", true)));

        assertThat(systems.dataverse.counters().requests(RouteKind.WHO_AM_I)).isZero();
    }

    @Test
    void rotatedSecretIsReadAgain() {
        Delivery delivery = systems.staff()
                .call(systems.staff()
                        .editBody(ada, Map.of("new_newsletter", false))
                        .withoutImages());
        systems.dynamicsSecret = "former secret";
        SyncWorker fresh = systems.worker();
        systems.dynamicsSecret = systems.entra.clientSecret();

        assertThat(systems.outcome(fresh, delivery)).isEqualTo(new DeliveryOutcome.Done());
    }

    @Test
    void brokenBodyIsADeadLetter() {
        assertThat(systems.outcome(worker, Delivery.received(Side.DYNAMICS, "", systems.clock.instant(), "{}")))
                .isInstanceOf(DeliveryOutcome.Dead.class);
    }
}
