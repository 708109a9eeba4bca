package io.github.consentbridge.sync.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.mapping.document.AttributeName;
import io.github.consentbridge.mapping.settle.Replica;
import io.github.consentbridge.simulators.dataverse.column.DataverseError;
import io.github.consentbridge.simulators.dataverse.column.SimulatedColumn;
import io.github.consentbridge.simulators.http.Fault;
import io.github.consentbridge.simulators.http.RouteKind;
import io.github.consentbridge.sync.queue.Delivery;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dataverse refuses a column: the person's other columns are written, and the dead letter names the refused one. */
@Tag("every-store")
class SyncWorkerRefusedColumnTest {
    private static final String T7 = "2026-03-01T07:00:00Z";
    private static final String NOTE = """
            {"id": "new_note", "value": {"property": "remark"}}""";
    private static final String VISITS = """
            {"id": "new_visits", "value": {"property": "visits"}}""";
    private static final String TIPS = """
            {"id": "new_tips", "value": {"purpose": "tips"}}""";

    private Systems systems;
    private SyncWorker worker;
    private UUID ada;

    @BeforeEach
    void start() {
        use(Systems.document("", Systems.NEWS, Systems.OFFERS, TIPS));
        ada = systems.contact("ada");
    }

    private void use(String document) {
        stop();
        systems = new Systems(document);
        systems.dataverse.column(SimulatedColumn.text("new_note", 100));
        systems.dataverse.column(SimulatedColumn.integer("new_visits", 0, 1000));
        systems.dataverse.column(SimulatedColumn.bool("new_tips"));
        worker = systems.worker();
    }

    @AfterEach
    void stop() {
        if (systems != null) {
            systems.close();
        }
    }

    private Delivery granted(String person, String... purposes) {
        String listed = Arrays.stream(purposes)
                .map(purpose -> "{\"id\": \"" + purpose + "\", \"enabled\": true}")
                .collect(Collectors.joining(","));
        return systems.event(person, "u-" + person, "gdpr", T7, "{\"purposes\": [" + listed + "]}");
    }

    /** Metadata are read once, so that what an administrator changes afterwards is found by the refusal only. */
    private void readMetadata() {
        systems.handle(worker, granted("nobody", "newsletter"));
    }

    private Replica replica(String purpose, String column) {
        return systems.ledger.entry(Systems.key("ada")).person().records().entrySet().stream()
                .filter(record -> record.getKey().value().key().contains(purpose))
                .map(record -> record.getValue().columns().get(new AttributeName(column)))
                .findFirst()
                .orElseThrow();
    }

    /** A plug-in of the customer that refuses a column, and says so in its own words. */
    private void refuseInOwnWords(String column) {
        systems.dataverse.plugin(column, value -> {
            if (Boolean.TRUE.equals(value)) {
                throw new DataverseError(400, "0x80040265", "Please ask the sales department first.");
            }
            return Map.of();
        });
    }

    @Test
    void columnWithoutAProfileIsLeftOutAndTheOthersAreWritten() {
        systems.dataverse.administration().security("new_newsletter", true);

        DeliveryOutcome outcome = systems.outcome(worker, granted("ada", "newsletter", "offers", "tips"));

        assertThat(systems.dataverse.contact(ada))
                .containsEntry("new_offers", true)
                .containsEntry("new_tips", true);
        assertThat(outcome)
                .isEqualTo(
                        new DeliveryOutcome.Dead("Dataverse refused the change of new_newsletter with 403 0x8004f508"));
        assertThat(systems.writesTo(ada)).isEqualTo(1);
        assertThat(systems.outcomeLog.recorded.stream().filter(line -> line.startsWith("updated ")))
                .hasSize(2)
                .noneMatch(line -> line.contains("new_newsletter"));
    }

    @Test
    void otherPeopleOfTheBatchAreWrittenOnce() {
        UUID grace = systems.contact("grace");
        systems.dataverse.administration().security("new_newsletter", true);
        Delivery refused = granted("ada", "newsletter", "offers");
        Delivery fine = granted("grace", "offers");

        Map<Delivery, DeliveryOutcome> outcomes = systems.handle(worker, refused, fine);

        assertThat(outcomes.get(fine)).isEqualTo(new DeliveryOutcome.Done());
        assertThat(systems.writesTo(grace)).isEqualTo(1);
        assertThat(systems.writesTo(ada)).isEqualTo(1);
        assertThat(outcomes.get(refused)).isInstanceOf(DeliveryOutcome.Dead.class);
    }

    @Test
    void severalRefusedColumnsAreAllNamed() {
        systems.dataverse.administration().security("new_newsletter", true);
        systems.dataverse.administration().security("new_offers", true);

        DeliveryOutcome outcome = systems.outcome(worker, granted("ada", "newsletter", "offers", "tips"));

        assertThat(outcome)
                .isEqualTo(new DeliveryOutcome.Dead(
                        "Dataverse refused the change of new_newsletter, new_offers with 403 0x8004f508"));
        assertThat(systems.dataverse.contact(ada)).containsEntry("new_tips", true);
    }

    @Test
    void nothingIsSentOnceEveryColumnIsRefused() {
        readMetadata();
        systems.dataverse.administration().security("new_newsletter", true);
        systems.dataverse.counters().reset();

        DeliveryOutcome outcome = systems.outcome(worker, granted("ada", "newsletter"));

        assertThat(outcome)
                .isEqualTo(
                        new DeliveryOutcome.Dead("Dataverse refused the change of new_newsletter with 403 0x8004f508"));
        assertThat(systems.dataverse.counters().requests(RouteKind.BATCH)).isEqualTo(1);
    }

    @Test
    void ledgerKnowsWhichColumnWasWritten() {
        systems.dataverse.administration().security("new_newsletter", true);

        systems.handle(worker, granted("ada", "newsletter", "offers"));

        assertThat(replica("newsletter", "new_newsletter").pending()).isEmpty();
        assertThat(replica("newsletter", "new_newsletter").observed())
                .as("hidden")
                .isNull();
        assertThat(replica("offers", "new_offers").pending()).isEmpty();
        assertThat(replica("offers", "new_offers").observed().value()).isNotNull();
    }

    /** The worker dies while the answer to the repeat is under way: the ledger must tell what was sent. */
    @Test
    void refusedColumnIsNotPendingWhileTheOthersAreSentAgain() {
        systems.dataverse.administration().security("new_newsletter", true);
        readMetadata();
        systems.dataverse.faults().next(RouteKind.BATCH, Fault.none(), Fault.dropAfterCommit());
        systems.dataverse.faults().always(RouteKind.BATCH, Fault.status(503));

        DeliveryOutcome outcome = systems.outcome(worker, granted("ada", "newsletter", "offers"));

        assertThat(outcome).isInstanceOf(DeliveryOutcome.Postponed.class);
        assertThat(systems.dataverse.contact(ada)).containsEntry("new_offers", true);
        assertThat(replica("newsletter", "new_newsletter").pending()).isEmpty();
        assertThat(replica("offers", "new_offers").pending()).hasSize(1);
    }

    /** Until then the column reads as empty; that it is filled afterwards is nobody's refusal. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void replayWritesTheColumnOnceTheProfileIsThere(boolean metadataAreOlder) {
        if (metadataAreOlder) {
            readMetadata();
        }
        systems.dataverse.administration().security("new_newsletter", true);
        Delivery delivery = granted("ada", "newsletter", "offers");
        systems.handle(worker, delivery);
        systems.dataverse.administration().security("new_newsletter", false);

        DeliveryOutcome replayed = systems.outcome(worker, delivery);

        assertThat(replayed).isEqualTo(new DeliveryOutcome.Done());
        assertThat(systems.newsletter(ada)).isEqualTo(true);
        assertThat(systems.writesTo(ada)).isEqualTo(2);
        assertThat(systems.outcomeLog.recorded).noneMatch(line -> line.startsWith("inferred"));
    }

    @Test
    void textThatBecameTooLongNamesColumnLengthAndLimit() {
        use(Systems.document("", Systems.NEWS, NOTE, VISITS));
        ada = systems.contact("ada");
        readMetadata();
        systems.dataverse.administration().maxLength("new_note", 10);

        DeliveryOutcome outcome = systems.outcome(worker, user("ada", "more than ten characters", 7));

        assertThat(outcome)
                .isEqualTo(new DeliveryOutcome.Dead("Dataverse refused the change of new_note (24 characters) with 400"
                        + " 0x80044331: at most 10 characters are allowed"));
        assertThat(systems.dataverse.contact(ada))
                .containsEntry("new_visits", 7)
                .doesNotContainKey("new_note");
    }

    @Test
    void twoRefusalsOfDifferentKindsAreBothNamedWithoutTheirValues() {
        use(Systems.document("", Systems.NEWS, NOTE, VISITS));
        ada = systems.contact("ada");
        readMetadata();
        systems.dataverse.administration().maxLength("new_note", 10);
        systems.dataverse.administration().range("new_visits", BigDecimal.ZERO, BigDecimal.TEN);

        DeliveryOutcome outcome = systems.outcome(worker, user("ada", "more than ten characters", 777));

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        DeliveryOutcome.Dead.class,
                        dead -> assertThat(dead.reason())
                                .contains(
                                        "new_note (24 characters) with 400 0x80044331: at most 10 characters are allowed")
                                .contains("new_visits with 400 0x8004432f")
                                .doesNotContain("777", "more than", "new_newsletter"));
        assertThat(systems.newsletter(ada)).isEqualTo(true);
        assertThat(systems.outcomeLog.recorded)
                .noneMatch(line -> line.contains("777") || line.contains("more than ten"))
                .anyMatch(line -> line.startsWith("refused") && line.contains("new_visits"));
    }

    /** Dynamics reports our write of the other columns; the refused one is tried again, and has its dead letter already. */
    @Test
    void echoOfOurOwnWriteIsNoSecondDeadLetter() {
        systems.dataverse.administration().security("new_newsletter", true);
        Map<String, Object> before = systems.dataverse.contact(ada);
        systems.handle(worker, granted("ada", "newsletter", "offers"));
        Delivery echo = systems.plugIn().observed(ada, before);

        DeliveryOutcome outcome = systems.outcome(worker, echo);

        assertThat(outcome).isEqualTo(new DeliveryOutcome.Done());
        assertThat(systems.outcomeLog.recorded)
                .filteredOn(line -> line.startsWith("refused"))
                .hasSize(2);
    }

    @Test
    void refusalThatNamesNoColumnStillLetsTheOthersThrough() {
        refuseInOwnWords("new_offers");

        DeliveryOutcome outcome = systems.outcome(worker, granted("ada", "newsletter", "offers", "tips"));

        assertThat(systems.dataverse.contact(ada))
                .containsEntry("new_newsletter", true)
                .containsEntry("new_tips", true)
                .doesNotContainEntry("new_offers", true);
        assertThat(outcome)
                .isEqualTo(new DeliveryOutcome.Dead("Dataverse refused the change of new_offers with 400 0x80040265"
                        + " (it names no column, but accepts the others)"));
        assertThat(systems.writesTo(ada)).isEqualTo(1);
        assertThat(replica("offers", "new_offers").pending()).isEmpty();
        assertThat(replica("newsletter", "new_newsletter").pending()).isEmpty();
    }

    @Test
    void refusalOfTheWholeContactIsTriedOncePerColumn() {
        readMetadata();
        refuseInOwnWords("new_newsletter");
        refuseInOwnWords("new_offers");
        refuseInOwnWords("new_tips");
        systems.dataverse.counters().reset();

        DeliveryOutcome outcome = systems.outcome(worker, granted("ada", "newsletter", "offers", "tips"));

        assertThat(outcome)
                .isEqualTo(new DeliveryOutcome.Dead(
                        "Dataverse refused the change of new_newsletter, new_offers, new_tips with 400 0x80040265"
                                + " (it names no column, and leaving out one at a time does not help)"));
        assertThat(systems.dataverse.counters().requests(RouteKind.BATCH)).isEqualTo(4);
        assertThat(systems.writesTo(ada)).isZero();
        assertThat(replica("offers", "new_offers").pending()).isEmpty();
    }

    @Test
    void missingPrivilegeIsNotTriedColumnByColumn() {
        readMetadata();
        systems.dataverse.privilege("prvWriteContact", false);
        systems.dataverse.counters().reset();

        systems.handle(worker, granted("ada", "newsletter", "offers", "tips"));

        assertThat(systems.dataverse.counters().requests(RouteKind.BATCH)).isEqualTo(1);
    }

    @Test
    void rowThatChangesMeanwhileIsSettledAgain() {
        systems.dataverse.administration().security("new_newsletter", true);
        Fault edited = Fault.after(() -> systems.dataverse.editContact(ada, Map.of("firstname", "Ada")));
        systems.dataverse.faults().next(RouteKind.UPDATE_CONTACT, Fault.none(), edited);

        DeliveryOutcome outcome = systems.outcome(worker, granted("ada", "newsletter", "offers"));

        assertThat(outcome)
                .isEqualTo(
                        new DeliveryOutcome.Dead("Dataverse refused the change of new_newsletter with 403 0x8004f508"));
        assertThat(systems.dataverse.contact(ada)).containsEntry("new_offers", true);
    }

    private Delivery user(String person, String remark, int visits) {
        return systems.delivery(person, """
                {"type": "user.created", "regulation": "gdpr", "parameters": {"entity": {
                  "id": "u-%s", "organization_user_id": "%s", "version": 1, "updated_at": "2026-03-01T07:30:00Z",
                  "consents": {"purposes": [{"id": "newsletter", "enabled": true}]},
                  "remark": "%s", "visits": %d}}}""".formatted(person, person, remark, visits));
    }
}
