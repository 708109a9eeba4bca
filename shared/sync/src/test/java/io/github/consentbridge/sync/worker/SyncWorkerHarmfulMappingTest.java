package io.github.consentbridge.sync.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.consentbridge.mapping.failure.BridgeException;
import io.github.consentbridge.mapping.failure.ExitCode;
import io.github.consentbridge.simulators.dataverse.column.SimulatedColumn;
import io.github.consentbridge.simulators.http.Fault;
import io.github.consentbridge.simulators.http.RouteKind;
import io.github.consentbridge.sync.connections.RefusedMappingsException;
import io.github.consentbridge.sync.queue.Delivery;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A mapping that would destroy data, or that cannot work, stops every write; the deliveries wait. */
class SyncWorkerHarmfulMappingTest {
    private static final String LATER = """
            {"id": "new_later", "value": {"purpose": "offers"}}""";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "firstname           | {\"purpose\": \"newsletter\"}                        | text column",
                "description         | {\"purpose\": \"newsletter\", \"channel\": \"sms\"}  | text column",
                "donotbulkemail      | {\"purpose\": \"newsletter\"}                        | means refusal",
                "donotemail          | {\"purpose\": \"newsletter\"}                        | means refusal",
                "donotphone          | {\"purpose\": \"newsletter\"}                        | means refusal",
                "donotfax            | {\"purpose\": \"newsletter\"}                        | means refusal",
                "donotpostalmail     | {\"purpose\": \"newsletter\"}                        | means refusal",
                "donotbulkpostalmail | {\"purpose\": \"newsletter\"}                        | means refusal",
                "donotsendmm         | {\"purpose\": \"newsletter\"}                        | means refusal",
                "new_missing         | {\"purpose\": \"newsletter\"}                        | no contact column new_missing",
                "createdon           | {\"property\": \"updated_at\"}                       | cannot be written",
                "modifiedon          | {\"purpose\": \"newsletter\"}                        | cannot hold a consent",
                "new_offers          | {\"purpose\": \"newsleter\"}                         | purpose newsleter",
                "new_offers          | {\"purpose\": \"newsletter\", \"preference\": \"frequenzy\"} | preference frequenzy"
            })
    void nothingIsWrittenForAnyMapping(String column, String value, String words) {
        String harmful = "{\"id\": \"%s\", \"value\": %s}".formatted(column, value);
        try (Systems systems = new Systems(Systems.document("", Systems.NEWS, harmful))) {
            systems.didomi.knowsPreference("newsletter", "frequency", "weekly", "monthly");
            UUID ada = systems.contact("ada");
            Map<String, Object> before = systems.dataverse.contact(ada);
            Delivery delivery = systems.chosen("ada", true, "2026-03-01T07:00:00Z");

            assertThatThrownBy(() -> systems.handle(systems.worker(), delivery))
                    .isInstanceOfSatisfying(
                            BridgeException.class,
                            refused -> assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE))
                    .hasMessageContaining("/mappings/1")
                    .hasMessageContaining(words);

            assertThat(systems.dataverse.contact(ada)).isEqualTo(before);
            assertThat(systems.ledger
                            .load(List.of(Systems.key("ada")))
                            .get(Systems.key("ada"))
                            .person()
                            .records())
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void refusalColumnIsWrittenOnceTheDocumentSaysWhatItMeans(boolean invert) {
        String mapping = "{\"id\": \"donotphone\", \"value\": {\"purpose\": \"newsletter\"}, \"invert\": %s}";
        try (Systems systems = new Systems(Systems.document("", mapping.formatted(invert)))) {
            UUID ada = systems.contact("ada");

            systems.handle(systems.worker(), systems.chosen("ada", true, "2026-03-01T07:00:00Z"));

            assertThat(systems.dataverse.contact(ada)).containsEntry("donotphone", !invert);
        }
    }

    @Test
    void columnThatIsAddedIsNoticedAfterAMinuteAndUntilThenNothingIsAsked() {
        try (Systems systems = new Systems(Systems.document("", Systems.NEWS, LATER))) {
            UUID ada = systems.contact("ada");
            SyncWorker worker = systems.worker();
            Delivery delivery = systems.chosen("ada", true, "2026-03-01T07:00:00Z");
            assertThatThrownBy(() -> systems.handle(worker, delivery)).isInstanceOf(RefusedMappingsException.class);
            systems.dataverse.column(SimulatedColumn.bool("new_later"));
            long asked = systems.dataverse.counters().requests();

            assertThatThrownBy(() -> systems.handle(worker, delivery)).isInstanceOf(RefusedMappingsException.class);
            assertThat(worker.refusal().orElseThrow().sentence()).contains("new_later");
            assertThat(systems.dataverse.counters().requests()).isEqualTo(asked);
            systems.clock.advance(Duration.ofMinutes(1));

            assertThat(systems.outcome(worker, delivery)).isEqualTo(new DeliveryOutcome.Done());
            assertThat(systems.newsletter(ada)).isEqualTo(true);
            assertThat(worker.refusal()).isEmpty();
        }
    }

    @Test
    void choiceInDynamicsWaitsToo() {
        String document = Systems.document("\"bidirectional\": true,", Systems.NEWS, LATER);
        try (Systems systems = new Systems(document)) {
            UUID ada = systems.contact("ada");
            Delivery edit = systems.staff().edit(ada, Map.of("new_newsletter", true));

            assertThatThrownBy(() -> systems.handle(systems.worker(), edit))
                    .isInstanceOf(RefusedMappingsException.class);

            assertThat(systems.didomi.enabled("ada", "newsletter")).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404, 500})
    void listThatDidomiDoesNotGiveStopsNothing(int status) {
        try (Systems systems = new Systems(Systems.NEWSLETTER)) {
            systems.didomi.faults().always(RouteKind.PURPOSES, Fault.status(status));
            UUID ada = systems.contact("ada");

            systems.handle(systems.worker(), systems.chosen("ada", true, "2026-03-01T07:00:00Z"));

            assertThat(systems.newsletter(ada)).isEqualTo(true);
        }
    }

    @Test
    void listIsAskedForAgainAfterItCouldNotBeRead() {
        try (Systems systems = new Systems(Systems.NEWSLETTER)) {
            systems.didomi.knowsPurpose("offers");
            systems.didomi.faults().next(RouteKind.PURPOSES, Fault.status(503));
            UUID ada = systems.contact("ada");
            SyncWorker worker = systems.worker();
            systems.handle(worker, systems.chosen("ada", true, "2026-03-01T07:00:00Z"));
            systems.clock.advance(Duration.ofMinutes(10));
            Delivery refusal = systems.chosen("ada", false, "2026-03-01T07:30:00Z");

            assertThatThrownBy(() -> systems.handle(worker, refusal)).hasMessageContaining("purpose newsletter");

            assertThat(systems.newsletter(ada)).isEqualTo(true);
        }
    }
}
