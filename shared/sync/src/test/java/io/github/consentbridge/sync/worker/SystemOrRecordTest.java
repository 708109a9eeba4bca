package io.github.consentbridge.sync.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.connectors.http.RemoteSystem;
import io.github.consentbridge.simulators.http.Fault;
import io.github.consentbridge.simulators.http.RouteKind;
import io.github.consentbridge.sync.queue.DeadLetter;
import io.github.consentbridge.sync.queue.Delivery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Whose failure it is where that is not plain: one record in a quiet system, a system that is down or half broken. */
class SystemOrRecordTest {
    private static final String T7 = "2026-03-01T07:00:00Z";
    private static final Fault BROKEN = Fault.serverError("0x80040224");

    private final Systems systems = new Systems(Systems.NEWSLETTER);
    private final QueueInTime queue = new QueueInTime(systems, 10);
    private final Map<String, UUID> contacts = new HashMap<>();

    @AfterEach
    void stop() {
        systems.close();
    }

    private Delivery granted(String person) {
        contacts.computeIfAbsent(person, systems::contact);
        return systems.chosen(person, true, T7);
    }

    private List<Delivery> granted(int people) {
        List<Delivery> deliveries = new ArrayList<>();
        for (int person = 0; person < people; person++) {
            deliveries.add(granted("person-%04d".formatted(person)));
        }
        return deliveries;
    }

    private long applied() {
        return contacts.values().stream()
                .filter(contact -> Boolean.TRUE.equals(systems.newsletter(contact)))
                .count();
    }

    @Test
    void singleFailingRecordInAQuietSystemEndsAsADeadLetterAndPausesNobody() {
        Delivery alone = granted("ida");
        systems.dataverse
                .faults()
                .whenHolding(RouteKind.UPDATE_CONTACT, contacts.get("ida").toString(), BROKEN);
        queue.send(List.of(alone));

        queue.runFor(Duration.ofHours(3));

        assertThat(queue.dead)
                .singleElement()
                .extracting(DeadLetter::reason)
                .asString()
                .contains("the contact could not be written: Dataverse answered 500 0x80040224")
                .contains("13 attempts within 2 h 14 min");
        assertThat(systems.paused).isEmpty();
    }

    @Test
    void severalFailingRecordsThatWereSeenToFailAmongOthersEndAsDeadLetters() {
        List<Delivery> deliveries = granted(10);
        for (int bad = 0; bad < 3; bad++) {
            systems.dataverse.faults().whenHolding(RouteKind.FIND_CONTACTS, "person-000" + (2 + 3 * bad), BROKEN);
        }
        queue.send(deliveries);

        queue.handleOnce();
        assertThat(applied()).isEqualTo(7);
        queue.runFor(Duration.ofHours(3));

        assertThat(queue.dead).hasSize(3);
        assertThat(systems.paused).isEmpty();
    }

    /** Whatever of Dataverse is down: everything, finding, batches, or only the writes in them. */
    @ParameterizedTest
    @EnumSource(
            value = RouteKind.class,
            names = {"ANY", "FIND_CONTACTS", "BATCH", "UPDATE_CONTACT"})
    void outageOfADayMakesNoDeadLetter(RouteKind kind) {
        List<Delivery> deliveries = granted(8);
        systems.dataverse.faults().always(kind, Fault.status(503));
        queue.send(deliveries);

        queue.runFor(Duration.ofHours(24));
        assertThat(queue.dead).isEmpty();
        assertThat(queue.left())
                .allSatisfy(delivery -> assertThat(delivery.attempts()).isZero());
        systems.dataverse.faults().clear();
        queue.runFor(Duration.ofMinutes(31));

        assertThat(applied()).isEqualTo(8);
        assertThat(queue.left()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = RouteKind.class,
            names = {"ANY", "FIND_CONTACTS", "BATCH"})
    void outageOfADayWithASingleDeliveryMakesNoDeadLetter(RouteKind kind) {
        Delivery alone = granted("ida");
        systems.dataverse.faults().always(kind, Fault.status(503));
        queue.send(List.of(alone));

        queue.runFor(Duration.ofHours(24));

        assertThat(queue.dead).isEmpty();
        assertThat(systems.paused).containsKey(RemoteSystem.DATAVERSE);
    }

    @Test
    void halfBrokenSystemNeitherStandsStillNorFillsTheDeadLetters() {
        systems.dataverse.faults().always(RouteKind.ANY, Fault.sometimes(Fault.status(500), 0.5, 42));
        List<Delivery> deliveries = granted(200);
        for (int minute = 0; minute < 60; minute++) {
            queue.send(deliveries.subList(minute * 3, minute * 3 + 3));
            queue.runFor(Duration.ofMinutes(1));
        }
        queue.send(deliveries.subList(180, 200));

        assertThat(applied()).as("applied while half of all requests failed").isGreaterThan(90);
        systems.dataverse.faults().clear();
        queue.runFor(Duration.ofHours(3));

        assertThat(applied()).isEqualTo(200);
        assertThat(queue.dead).isEmpty();
        assertThat(queue.left()).isEmpty();
    }

    @Test
    void halfBrokenDidomiNeitherStandsStillNorFillsTheDeadLetters() {
        try (Systems both = new Systems(Systems.document("\"bidirectional\": true,", Systems.NEWS))) {
            QueueInTime edits = new QueueInTime(both, 10);
            both.didomi.faults().always(RouteKind.ANY, Fault.sometimes(Fault.status(500), 0.5, 42));
            for (int minute = 0; minute < 60; minute++) {
                UUID contact = both.contact("person-" + minute);
                edits.send(List.of(both.staff().edit(contact, Map.of("new_newsletter", true))));
                edits.runFor(Duration.ofMinutes(1));
            }

            assertThat(granted(both))
                    .as("granted while half of all requests failed")
                    .isGreaterThan(30);
            both.didomi.faults().clear();
            edits.runFor(Duration.ofHours(3));

            assertThat(granted(both)).isEqualTo(60);
            assertThat(edits.dead).isEmpty();
            assertThat(edits.left()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"ANY, 1", "READ_USERS, 1", "POST_EVENTS, 1", "SESSION, 1", "ANY, 8", "READ_USERS, 8", "POST_EVENTS, 8"})
    void outageOfDidomiOfADayMakesNoDeadLetter(RouteKind kind, int people) {
        try (Systems both = new Systems(Systems.document("\"bidirectional\": true,", Systems.NEWS))) {
            QueueInTime edits = new QueueInTime(both, 10);
            both.didomi.faults().always(kind, Fault.status(503));
            for (int person = 0; person < people; person++) {
                UUID contact = both.contact("person-" + person);
                edits.send(List.of(both.staff().edit(contact, Map.of("new_newsletter", true))));
            }

            edits.runFor(Duration.ofHours(24));
            assertThat(edits.dead).isEmpty();
            both.didomi.faults().clear();
            edits.runFor(Duration.ofMinutes(31));

            assertThat(granted(both)).isEqualTo(people);
            assertThat(edits.left()).isEmpty();
        }
    }

    private static long granted(Systems both) {
        return IntStream.range(0, 60)
                .filter(person ->
                        both.didomi.enabled("person-" + person, "newsletter").orElse(false))
                .count();
    }

    private static final int PEOPLE = 1000;

    private void oneRecordFails(RouteKind kind) {
        contacts.put("ida", systems.contact("ida"));
        String record =
                kind == RouteKind.FIND_CONTACTS ? "ida" : contacts.get("ida").toString();
        systems.dataverse.faults().whenHolding(kind, record, BROKEN);
    }

    /** Without a failing record: two requests for each batch, and four for the columns' types and the like. */
    private static long usualRequests(int batchSize) {
        return 2L * PEOPLE / batchSize + 4;
    }

    @Test
    void peopleWithoutAFailingRecordCostTwoRequestsForEachBatch() {
        List<Delivery> deliveries = granted(PEOPLE);
        systems.dataverse.counters().reset();
        queue.send(deliveries);

        queue.runFor(Duration.ofSeconds(1));

        assertThat(systems.dataverse.counters().requests()).isBetween(usualRequests(10) - 2, usualRequests(10));
    }

    @ParameterizedTest
    @EnumSource(
            value = RouteKind.class,
            names = {"FIND_CONTACTS", "UPDATE_CONTACT"})
    void failingRecordAmongAThousandPeopleCostsFewRequests(RouteKind kind) {
        oneRecordFails(kind);
        List<Delivery> deliveries = granted(PEOPLE);
        deliveries.add(5, granted("ida"));
        systems.dataverse.counters().reset();
        queue.send(deliveries);

        queue.runFor(Duration.ofSeconds(5));

        assertThat(applied()).isEqualTo(PEOPLE);
        assertThat(systems.dataverse.counters().requests()).isLessThan(usualRequests(10) * 11 / 10);
    }

    /** With all of its retries: five people every 40 seconds. */
    @ParameterizedTest
    @EnumSource(
            value = RouteKind.class,
            names = {"FIND_CONTACTS", "UPDATE_CONTACT"})
    void failingRecordOfTwoHoursCostsFewRequests(RouteKind kind) {
        oneRecordFails(kind);
        List<Delivery> deliveries = granted(PEOPLE);
        systems.dataverse.counters().reset();
        queue.send(List.of(granted("ida")));
        for (int start = 0; start < PEOPLE; start += 5) {
            queue.send(deliveries.subList(start, start + 5));
            queue.runFor(Duration.ofSeconds(41));
        }

        assertThat(queue.dead).hasSize(1);
        assertThat(applied()).isEqualTo(PEOPLE);
        assertThat(systems.dataverse.counters().requests()).isLessThan(usualRequests(5) * 11 / 10);
        assertThat(systems.paused).isEmpty();
    }

    @Test
    void personWhoseLedgerEntryDoesNotFitIsADeadLetterAndTheOthersAreDone() {
        List<Delivery> deliveries = granted(3);
        systems.ledger.tooLarge.add(Systems.key("person-0001"));
        queue.send(deliveries);

        queue.handleOnce();

        assertThat(applied()).isEqualTo(2);
        assertThat(queue.left()).isEmpty();
        assertThat(queue.dead).singleElement().satisfies(letter -> {
            assertThat(letter.delivery().id()).isEqualTo(deliveries.get(1).id());
            assertThat(letter.reason()).contains("does not fit into the ledger");
        });
    }

    @Test
    void answerThatDoesNotFitIntoTheLedgerHoldsUpNobody() {
        List<Delivery> deliveries = granted(3);
        int[] saves = {0};
        systems.ledger.betweenSteps = () -> {
            if (++saves[0] == 3) {
                systems.ledger.tooLarge.add(Systems.key("person-0001"));
            }
        };
        queue.send(deliveries);

        queue.handleOnce();

        assertThat(applied()).isEqualTo(3);
        assertThat(queue.left()).isEmpty();
    }
}
