package io.github.consentbridge.sync.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.simulators.dataverse.column.SimulatedColumn;
import io.github.consentbridge.simulators.http.Fault;
import io.github.consentbridge.simulators.http.RouteKind;
import io.github.consentbridge.sync.queue.Delivery;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A value or row that fails affects only its own person. */
class SyncWorkerOnePersonFailsTest {
    private static final String T7 = "2026-03-01T07:00:00Z";
    private static final String NOTE = """
            {"id": "new_note", "value": {"property": "remark"}}""";
    private static final String LONG = "x".repeat(120);

    private Systems systems;

    @BeforeEach
    void start() {
        use(Systems.document("", Systems.NEWS, NOTE));
    }

    private void use(String document) {
        systems = new Systems(document);
        systems.dataverse.column(SimulatedColumn.text("new_note", 100));
    }

    @AfterEach
    void stop() {
        systems.close();
    }

    @Test
    void partThatIsRefusedFailsOnlyThatPerson() {
        UUID ada = systems.contact("ada");
        UUID grace = systems.contact("grace");
        systems.dataverse.faults().next(RouteKind.UPDATE_CONTACT, tooLong(50), Fault.after(() -> {}));
        Delivery refused = remark("ada", "x".repeat(80));
        Delivery fine = remark("grace", "fine");

        Map<Delivery, DeliveryOutcome> deliveryOutcomes = systems.handle(systems.worker(), refused, fine);

        assertThat(deliveryOutcomes.get(refused))
                .isEqualTo(new DeliveryOutcome.Dead("Dataverse refused the change of new_note (80 characters)"
                        + " with 400 0x80044331: at most 50 characters are allowed"));
        assertThat(deliveryOutcomes.get(fine)).isEqualTo(new DeliveryOutcome.Done());
        assertThat(systems.dataverse.contact(grace)).containsEntry("new_note", "fine");
        assertThat(systems.dataverse.contact(ada))
                .containsEntry("new_newsletter", true)
                .doesNotContainKey("new_note");
    }

    private static Fault tooLong(int limit) {
        return Fault.status(400, "application/json", """
                {"error": {"code": "0x80044331", "message": "A validation error occurred.  The length of the 'new_note' \
                attribute of the 'contact' entity exceeded the maximum allowed length of '%d'."}}""".formatted(limit));
    }

    @Test
    void refusedValueIsNotTakenForAChoiceLater() {
        UUID ada = systems.contact("ada");
        systems.dataverse.faults().next(RouteKind.UPDATE_CONTACT, tooLong(50));
        SyncWorker worker = systems.worker();
        Delivery delivery = remark("ada", "short");

        systems.handle(worker, delivery);
        DeliveryOutcome replayed = systems.outcome(worker, delivery);

        assertThat(replayed).isEqualTo(new DeliveryOutcome.Done());
        assertThat(systems.dataverse.contact(ada))
                .containsEntry("new_note", "short")
                .containsEntry("new_newsletter", true);
        assertThat(systems.writesTo(ada))
                .as("the other column, then the refused one")
                .isEqualTo(2);
    }

    @Test
    void throttledPartIsPostponedAndTheOthersAreDone() {
        UUID ada = systems.contact("ada");
        UUID grace = systems.contact("grace");
        systems.dataverse
                .faults()
                .next(RouteKind.UPDATE_CONTACT, Fault.throttled(Duration.ofSeconds(9)), Fault.after(() -> {}));
        Delivery throttled = systems.chosen("ada", true, T7);
        Delivery fine = systems.chosen("grace", true, T7);
        SyncWorker worker = systems.worker();

        Map<Delivery, DeliveryOutcome> deliveryOutcomes = systems.handle(worker, throttled, fine);
        systems.recover();
        systems.handle(worker, throttled, fine);

        assertThat(deliveryOutcomes.get(throttled)).isEqualTo(new DeliveryOutcome.Postponed(Duration.ofSeconds(9)));
        assertThat(deliveryOutcomes.get(fine)).isEqualTo(new DeliveryOutcome.Done());
        assertThat(systems.writesTo(ada)).isEqualTo(1);
        assertThat(systems.writesTo(grace)).isEqualTo(1);
    }

    @Test
    void valueThatDoesNotFitIsNamedAndTheOtherMappingsAreWritten() {
        UUID ada = systems.contact("ada");

        DeliveryOutcome outcome = systems.outcome(systems.worker(), remark("ada", LONG));

        assertThat(outcome)
                .isEqualTo(new DeliveryOutcome.Dead(
                        "mapping new_note: column new_note takes at most 100 characters, the value has 120"));
        assertThat(systems.newsletter(ada)).isEqualTo(true);
        assertThat(systems.dataverse.contact(ada)).doesNotContainKey("new_note");
        assertThat(systems.outcomeLog.recorded).noneMatch(line -> line.contains("xxx"));
    }

    @Test
    void misfitOfAnEarlierDeliveryDoesNotSpoilALaterOne() {
        systems.contact("ada");
        SyncWorker worker = systems.worker();
        systems.handle(worker, remark("ada", LONG));

        DeliveryOutcome outcome = systems.outcome(worker, systems.chosen("ada", false, "2026-03-01T07:30:00Z"));

        assertThat(outcome).isEqualTo(new DeliveryOutcome.Done());
    }

    @Test
    void columnThatIsRemovedLaterIsNoticedAtOnce() {
        UUID ada = systems.contact("ada");
        SyncWorker worker = systems.worker();
        systems.handle(worker, systems.chosen("ada", false, T7));
        systems.clock.advance(Duration.ofHours(1));
        systems.dataverse.faults().next(RouteKind.FIND_CONTACTS, Fault.status(400, "application/json", """
                {"error": {"code": "0x80041103", "message": "Could not find a property named 'new_note'."}}"""));
        systems.dataverse.counters().reset();

        DeliveryOutcome outcome = systems.outcome(worker, systems.chosen("ada", true, "2026-03-01T07:30:00Z"));

        assertThat(outcome).isEqualTo(new DeliveryOutcome.Done());
        assertThat(systems.newsletter(ada)).isEqualTo(true);
        assertThat(systems.dataverse.counters().requests(RouteKind.METADATA)).isPositive();
    }

    @Test
    void unreadableDeliveryIsDeadAndTheOthersAreDone() {
        UUID ada = systems.contact("ada");
        Delivery broken = systems.delivery("ada", "{\"type\": \"event.created\"}");
        Delivery fine = systems.chosen("ada", true, T7);

        Map<Delivery, DeliveryOutcome> deliveryOutcomes = systems.handle(systems.worker(), broken, fine);

        assertThat(deliveryOutcomes.get(broken))
                .isEqualTo(new DeliveryOutcome.Dead(
                        "the delivery cannot be read: `parameters` is missing or not an object"));
        assertThat(deliveryOutcomes.get(fine)).isEqualTo(new DeliveryOutcome.Done());
        assertThat(systems.newsletter(ada)).isEqualTo(true);
    }

    /** A choice and a property in one delivery. */
    private Delivery remark(String person, String text) {
        return systems.delivery(person, """
                {"type": "user.created", "regulation": "gdpr", "parameters": {"entity": {
                  "id": "u-%s", "organization_user_id": "%s", "version": 1, "updated_at": "2026-03-01T07:00:00Z",
                  "consents": {"purposes": [{"id": "newsletter", "enabled": true}]},
                  "remark": "%s"}}}""".formatted(person, person, text));
    }
}
