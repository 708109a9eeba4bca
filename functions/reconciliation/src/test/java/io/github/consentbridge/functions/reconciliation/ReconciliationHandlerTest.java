package io.github.consentbridge.functions.reconciliation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.consentbridge.connectors.http.RemoteException;
import io.github.consentbridge.simulators.didomi.SimulatedChoice;
import io.github.consentbridge.simulators.http.Fault;
import io.github.consentbridge.simulators.http.RouteKind;
import io.github.consentbridge.sync.reconciliation.MemoryRunStore;
import io.github.consentbridge.sync.reconciliation.ReconciliationRequest;
import io.github.consentbridge.sync.reconciliation.Scan;
import io.github.consentbridge.sync.worker.Systems;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The scheduled function: its inputs, its answers, and the continuation through its queue. */
class ReconciliationHandlerTest {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final int PEOPLE = 150;

    private final Systems systems = new Systems(Systems.NEWSLETTER);
    private final MemoryRunStore store = new MemoryRunStore();
    private final List<ReconciliationRequest> continued = new ArrayList<>();
    private final ReconciliationHandler handler =
            new ReconciliationHandler(systems.reconciliation(store), continued::add, systems.outcomeLog);

    @BeforeEach
    void addPeople() {
        for (int number = 0; number < PEOPLE; number++) {
            String person = "p-" + number;
            systems.contact(person);
            systems.didomi.choose(
                    SimulatedChoice.by(person).purpose("newsletter", true).silently());
        }
        systems.clock.advance(Duration.ofMinutes(1));
    }

    @AfterEach
    void stop() {
        systems.close();
    }

    private JsonNode call(String input, Duration time) throws IOException {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        handler.handleRequest(new ByteArrayInputStream(input.getBytes(UTF_8)), output, new TimeLeft(time));
        return MAPPER.readTree(output.toByteArray());
    }

    @Test
    void scheduleSelectsTheScan() throws IOException {
        JsonNode report = call("{\"scan\": \"didomi\", \"initial\": true}", Duration.ofMinutes(15));

        assertThat(report.path("scan").asText()).isEqualTo("didomi");
        assertThat(report.at("/read/didomi").intValue()).isEqualTo(PEOPLE);
        assertThat(report.path("changed").intValue()).isEqualTo(PEOPLE);
        assertThat(report.path("finished").booleanValue()).isTrue();
        assertThat(continued).isEmpty();
    }

    @Test
    void runWithoutTimeIsContinuedByAMessage() throws IOException {
        JsonNode first = call("{\"scan\": \"full\", \"initial\": true}", Duration.ofSeconds(1));

        assertThat(first.path("finished").booleanValue()).isFalse();
        assertThat(continued).containsExactly(new ReconciliationRequest(Scan.FULL, false, true, false));
        String body = "{\\\"scan\\\": \\\"full\\\", \\\"initial\\\": true}";
        JsonNode second = call("{\"Records\": [{\"body\": \"" + body + "\"}]}", Duration.ofMinutes(15));
        assertThat(second.path("finished").booleanValue()).isTrue();
        assertThat(second.path("changed").intValue()).isEqualTo(PEOPLE);
    }

    @Test
    void secondRunLeavesARunUnderWayAlone() throws IOException {
        store.lease("another", systems.clock.instant(), systems.clock.instant().plusSeconds(600));

        assertThat(call("{\"scan\": \"full\"}", Duration.ofMinutes(15))
                        .path("status")
                        .asText())
                .isEqualTo("under way");
        assertThat(systems.didomi.counters().requests()).isZero();
    }

    @Test
    void unknownScanIsRefusedWithTheKnownOnes() {
        assertThatThrownBy(() -> call("{\"scan\": \"everything\"}", Duration.ofMinutes(15)))
                .hasMessageContaining("\"full\", \"didomi\" or \"dynamics\"");
    }

    @Test
    void sideThatCannotBeReadFailsTheCallAndTheNextOneContinues() throws IOException {
        systems.didomi.faults().always(RouteKind.READ_USERS, Fault.status(403));
        assertThatThrownBy(() -> call("{}", Duration.ofMinutes(15))).isInstanceOf(RemoteException.class);
        systems.didomi.faults().clear();

        assertThat(call("{\"initial\": true}", Duration.ofMinutes(15))
                        .path("finished")
                        .booleanValue())
                .isTrue();
    }
}
