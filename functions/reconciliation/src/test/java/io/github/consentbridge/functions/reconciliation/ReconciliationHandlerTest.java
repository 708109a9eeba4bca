package io.github.consentbridge.functions.reconciliation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.connectors.http.RemoteException;
import io.github.consentbridge.simulators.didomi.SimulatedChoice;
import io.github.consentbridge.simulators.http.Fault;
import io.github.consentbridge.simulators.http.RouteKind;
import io.github.consentbridge.sync.operations.LastReconciliation;
import io.github.consentbridge.sync.reconciliation.MemoryRunStore;
import io.github.consentbridge.sync.reconciliation.Reconciliation;
import io.github.consentbridge.sync.reconciliation.ReconciliationRequest;
import io.github.consentbridge.sync.reconciliation.Scan;
import io.github.consentbridge.sync.schedule.RunPart;
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
    private final List<RunPart> sent = new ArrayList<>();
    private final List<Duration> delays = new ArrayList<>();
    private final ReconciliationHandler handler = new ReconciliationHandler(
            systems.reconciliation(store), store, this::send, systems.outcomeLog, systems.clock);
    private int calls;

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

    private void send(RunPart part, Duration delay) {
        sent.add(part);
        delays.add(delay);
    }

    private JsonNode call(String input, Duration time) throws IOException {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        handler.handleRequest(
                new ByteArrayInputStream(input.getBytes(UTF_8)), output, new TimeLeft(time, "call-" + ++calls));
        return MAPPER.readTree(output.toByteArray());
    }

    /** A message of the function's own queue. */
    private JsonNode receive(String body, Duration time) throws IOException {
        ObjectNode event = MAPPER.createObjectNode();
        event.putArray("Records").addObject().put("messageId", "message-1").put("body", body);
        return call(event.toString(), time);
    }

    private JsonNode receive(RunPart part) throws IOException {
        return receive(part.json().toString(), Duration.ofMinutes(15));
    }

    private void leaseAnother() {
        store.lease("another", systems.clock.instant(), systems.clock.instant().plus(Reconciliation.LEASE));
    }

    @Test
    void scheduleSelectsTheScan() throws IOException {
        JsonNode report = call("{\"scan\": \"didomi\", \"initial\": true}", Duration.ofMinutes(15));

        assertThat(report.path("scan").asText()).isEqualTo("didomi");
        assertThat(report.at("/read/didomi").intValue()).isEqualTo(PEOPLE);
        assertThat(report.path("changed").intValue()).isEqualTo(PEOPLE);
        assertThat(report.path("finished").booleanValue()).isTrue();
        assertThat(sent).isEmpty();
    }

    @Test
    void runWithoutTimeIsContinuedByAMessage() throws IOException {
        JsonNode first = call("{\"scan\": \"full\", \"initial\": true}", Duration.ofSeconds(1));

        assertThat(first.path("finished").booleanValue()).isFalse();
        assertThat(sent)
                .containsExactly(new RunPart("call-1", 2, new ReconciliationRequest(Scan.FULL, false, true, false)));
        JsonNode second = receive(sent.get(0));
        assertThat(second.path("finished").booleanValue()).isTrue();
        assertThat(second.path("changed").intValue()).isEqualTo(PEOPLE);
    }

    @Test
    void hourlyScanDoesNotComeBetweenTheParts() throws IOException {
        call("{\"scan\": \"full\", \"initial\": true}", Duration.ofSeconds(1));

        JsonNode hourly = call("{\"scan\": \"dynamics\"}", Duration.ofMinutes(15));

        assertThat(hourly.path("status").asText()).isEqualTo("under way");
        assertThat(receive(sent.get(0)).path("finished").booleanValue()).isTrue();
    }

    /** Each time it is sent as a new message, so that it never becomes a dead letter for waiting. */
    @Test
    void messageWaitsAsLongAsAnotherRunIsUnderWay() throws IOException {
        call("{\"scan\": \"full\", \"initial\": true}", Duration.ofSeconds(1));
        systems.clock.advance(Reconciliation.LEASE);
        RunPart waiting = sent.get(0);
        for (int time = 1; time <= 50; time++) {
            leaseAnother();
            assertThat(receive(waiting).path("status").asText()).isEqualTo("under way");
            assertThat(sent).hasSize(time + 1).last().isEqualTo(waiting);
            assertThat(delays).last().isEqualTo(ReconciliationHandler.WAIT);
            systems.clock.advance(ReconciliationHandler.WAIT);
        }
        assertThat(systems.didomi.counters().requests()).isZero();

        store.release("another");

        assertThat(receive(waiting).path("finished").booleanValue()).isTrue();
    }

    @Test
    void scanOfEveryoneWaitsForARunUnderWay() throws IOException {
        leaseAnother();

        assertThat(call("{\"scan\": \"full\", \"initial\": true}", Duration.ofMinutes(15))
                        .path("status")
                        .asText())
                .isEqualTo("under way");

        assertThat(systems.didomi.counters().requests()).isZero();
        assertThat(sent)
                .containsExactly(new RunPart("call-1", 1, new ReconciliationRequest(Scan.FULL, false, true, false)));
        store.release("another");
        assertThat(receive(sent.get(0)).path("finished").booleanValue()).isTrue();
    }

    /** The next one covers what it would have read. */
    @Test
    void scheduledScanOfChangesIsLeftOutWhileAnotherRunIsUnderWay() throws IOException {
        leaseAnother();

        assertThat(call("{\"scan\": \"dynamics\"}", Duration.ofMinutes(15))
                        .path("status")
                        .asText())
                .isEqualTo("under way");

        assertThat(sent).isEmpty();
    }

    @Test
    void repeatedMessageHasNothingToDo() throws IOException {
        call("{\"scan\": \"full\", \"initial\": true}", Duration.ofSeconds(1));
        receive(sent.get(0));

        assertThat(receive(sent.get(0)).path("status").asText()).isEqualTo("repeated");

        assertThat(sent).hasSize(1);
    }

    /** Versions before this one sent the request alone. */
    @Test
    void messageOfAnEarlierVersionBeginsARun() throws IOException {
        JsonNode report = receive("{\"scan\": \"full\", \"initial\": true}", Duration.ofMinutes(15));

        assertThat(report.path("finished").booleanValue()).isTrue();
    }

    @Test
    void endOfARunIsKeptForTheStatus() throws IOException {
        call("{\"scan\": \"didomi\", \"initial\": true}", Duration.ofMinutes(15));

        assertThat(LastReconciliation.load(store))
                .contains(new LastReconciliation(systems.clock.instant(), Scan.DIDOMI, LastReconciliation.Result.DONE));
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
