package io.github.consentbridge.standalone.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.consentbridge.connectors.http.RemoteException;
import io.github.consentbridge.connectors.http.RemoteSettings;
import io.github.consentbridge.connectors.http.RetryPolicy;
import io.github.consentbridge.connectors.http.ServiceUrl;
import io.github.consentbridge.functions.reconciliation.ReconciliationHandler;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.mapping.document.IntegrationReader;
import io.github.consentbridge.simulators.People;
import io.github.consentbridge.simulators.Simulators;
import io.github.consentbridge.simulators.http.Fault;
import io.github.consentbridge.simulators.http.RouteKind;
import io.github.consentbridge.standalone.BridgeProcess;
import io.github.consentbridge.standalone.store.Store;
import io.github.consentbridge.sync.connections.Connections;
import io.github.consentbridge.sync.connections.Endpoints;
import io.github.consentbridge.sync.credentials.Credentials;
import io.github.consentbridge.sync.logging.JsonOutcomeLog;
import io.github.consentbridge.sync.logging.OutcomeLog;
import io.github.consentbridge.sync.reconciliation.Reconciliation;
import io.github.consentbridge.sync.reconciliation.ReconciliationRequest;
import io.github.consentbridge.sync.reconciliation.Scan;
import io.github.consentbridge.sync.registration.Registration;
import io.github.consentbridge.sync.worker.PageSettler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scheduled function on the stores of one machine. */
class ReconciliationHandlerTest {
    private static final Clock CLOCK = Clock.systemUTC();
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final int PEOPLE = 150;

    @TempDir
    Path folder;

    private final Simulators simulators = Simulators.start(CLOCK);
    private final List<ReconciliationRequest> continued = new ArrayList<>();
    private Store store;
    private ReconciliationHandler handler;

    @BeforeEach
    void start() throws IOException {
        new People(simulators, 1).add(PEOPLE, 1, CLOCK.instant().minus(Duration.ofDays(1)));
        Path secrets = folder.resolve("secrets.json");
        BridgeProcess.writeSecret(secrets, BridgeProcess.secrets(simulators));
        store = Store.open(folder.resolve("data"), CLOCK);
        Integration integration = IntegrationReader.read("""
                {"type_id": "microsoft-dynamics",
                 "mappings": [{"id": "new_newsletter", "value": {"purpose": "newsletter"}}]}""".getBytes(UTF_8), IntegrationReader.Place.FILE);
        Credentials credentials = new FileCredentials(secrets, CLOCK);
        Connections connections = new Connections(
                integration,
                credentials,
                new Endpoints(
                        ServiceUrl.parse(
                                "DIDOMI_API_URL", simulators.didomi().url().toString()),
                        ServiceUrl.parse(
                                "ENTRA_LOGIN_URL", simulators.entra().url().toString())),
                RemoteSettings.standard(CLOCK).withRetry(RetryPolicy.standard().withSleeper(time -> {})));
        OutcomeLog outcomeLog =
                new JsonOutcomeLog(new PrintStream(OutputStream.nullOutputStream(), false, UTF_8), CLOCK);
        PageSettler settler =
                new PageSettler(integration, connections, store.ledger(), store.pauses(), outcomeLog, CLOCK);
        handler = new ReconciliationHandler(
                new Reconciliation(
                        integration,
                        connections,
                        settler,
                        new Registration(integration, credentials, connections),
                        store.runs(),
                        outcomeLog,
                        CLOCK,
                        time -> {}),
                continued::add,
                outcomeLog);
    }

    @AfterEach
    void stop() {
        store.close();
        simulators.close();
    }

    private JsonNode call(String input, Duration time) throws IOException {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        handler.handleRequest(
                new ByteArrayInputStream(input.getBytes(UTF_8)),
                output,
                new HostContext("reconciliation", "run", CLOCK, time));
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
    void runForWhichNoTimeIsLeftGoesOnByAMessage() throws IOException {
        JsonNode first = call("{\"scan\": \"full\", \"initial\": true}", Duration.ofSeconds(1));

        assertThat(first.path("finished").booleanValue()).isFalse();
        assertThat(continued).containsExactly(new ReconciliationRequest(Scan.FULL, false, true, false));
        String body = "{\\\"scan\\\": \\\"full\\\", \\\"initial\\\": true}";
        JsonNode second = call("{\"Records\": [{\"body\": \"" + body + "\"}]}", Duration.ofMinutes(15));
        assertThat(second.path("finished").booleanValue()).isTrue();
        assertThat(second.path("changed").intValue()).isEqualTo(PEOPLE);
    }

    @Test
    void secondRunAtOnceLeavesTheFirstAlone() throws IOException {
        store.runs().lease("another", CLOCK.instant(), CLOCK.instant().plusSeconds(600));

        assertThat(call("{\"scan\": \"full\"}", Duration.ofMinutes(15))
                        .path("status")
                        .asText())
                .isEqualTo("under way");
        assertThat(simulators.didomi().counters().requests()).isZero();
    }

    @Test
    void unknownScanSaysWhatToWrite() {
        assertThatThrownBy(() -> call("{\"scan\": \"everything\"}", Duration.ofMinutes(15)))
                .hasMessageContaining("\"full\", \"didomi\" or \"dynamics\"");
    }

    @Test
    void sideThatCannotBeReadFailsTheCallAndTheNextOneGoesOn() throws IOException {
        simulators.didomi().faults().always(RouteKind.READ_USERS, Fault.status(403));
        assertThatThrownBy(() -> call("{}", Duration.ofMinutes(15))).isInstanceOf(RemoteException.class);
        simulators.didomi().faults().clear();

        assertThat(call("{\"initial\": true}", Duration.ofMinutes(15))
                        .path("finished")
                        .booleanValue())
                .isTrue();
    }
}
