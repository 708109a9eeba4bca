package io.github.consentbridge.standalone.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.github.consentbridge.connectors.didomi.DidomiIntegrations;
import io.github.consentbridge.connectors.http.RemoteSettings;
import io.github.consentbridge.connectors.http.ServiceUrl;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.mapping.document.IntegrationReader;
import io.github.consentbridge.simulators.People;
import io.github.consentbridge.simulators.Simulators;
import io.github.consentbridge.simulators.dataverse.column.SimulatedColumn;
import io.github.consentbridge.standalone.BridgeProcess;
import io.github.consentbridge.sync.connections.Connections;
import io.github.consentbridge.sync.connections.Endpoints;
import io.github.consentbridge.sync.intake.Proxies;
import io.github.consentbridge.sync.logging.RecordingOutcomeLog;
import io.github.consentbridge.sync.registration.BridgeUrl;
import io.github.consentbridge.sync.registration.Registration;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A running bridge reconciles without being asked. */
class ReconciliationTimerTest {
    private static final Clock CLOCK = Clock.systemUTC();

    @TempDir
    Path folder;

    private final Simulators simulators = Simulators.start(CLOCK);

    @AfterEach
    void stop() {
        simulators.close();
    }

    @Test
    void whatNoWebhookToldIsRepairedAfterAWhile() throws Exception {
        // As few as this are repaired even if all of them differ.
        new People(simulators, 1).add(10, 1, CLOCK.instant().minus(Duration.ofDays(1)));
        List<UUID> contacts = simulators.dataverse().contactIds();

        try (BridgeServer bridge = start()) {
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> bridge.isIdle() && contacts.stream().allMatch(this::showsWhatDidomiShows));
        }
    }

    @Test
    void webhookThatSomebodyRemovedIsMadeAnew() throws Exception {
        simulators.dataverse().column(SimulatedColumn.bool("new_newsletter"));
        try (BridgeServer bridge = start()) {
            new Registration(integration(), credentials(), connections())
                    .register(BridgeUrl.parse("address", bridge.url("").toString()));
            DidomiIntegrations integrations = connections().didomi().integrations();
            integrations.delete(integrations.webhooks().get(0).id());

            await().atMost(Duration.ofMinutes(1))
                    .until(() -> !simulators.didomi().webhooks().isEmpty());
        }
    }

    private BridgeServer start() throws IOException {
        BridgeServer.Settings settings = new BridgeServer.Settings(
                folder.resolve("data"),
                "127.0.0.1",
                0,
                Proxies.none(),
                1,
                Optional.of(Duration.ofSeconds(1)),
                endpoints(),
                new PrintStream(OutputStream.nullOutputStream(), false, UTF_8));
        FileCredentials credentials = credentials();
        return BridgeServer.start(integration(), log -> credentials, settings, CLOCK);
    }

    private static Integration integration() {
        return IntegrationReader.read("""
                {"type_id": "microsoft-dynamics", "properties": {"bidirectional": true},
                 "mappings": [{"id": "new_newsletter", "value": {"purpose": "newsletter"}}]}""".getBytes(UTF_8), IntegrationReader.Place.FILE);
    }

    private FileCredentials credentials() throws IOException {
        Path secrets = folder.resolve("secrets.json");
        String systems = BridgeProcess.secrets(simulators);
        BridgeProcess.writeSecret(secrets, systems.substring(0, systems.indexOf("\"webhooks\"")) + """
                "webhooks": {"dynamics": {"values": ["value-of-dynamics-0123456789"]},
                             "didomi": {"client_id": "didomi", "client_secrets": ["secret-of-didomi-0123456789"]}}}""");
        return new FileCredentials(secrets, CLOCK, new RecordingOutcomeLog());
    }

    private Connections connections() throws IOException {
        return new Connections(integration(), credentials(), endpoints(), RemoteSettings.standard(CLOCK));
    }

    private Endpoints endpoints() {
        return new Endpoints(
                ServiceUrl.parse("DIDOMI_API_URL", simulators.didomi().url().toString()),
                ServiceUrl.parse("ENTRA_LOGIN_URL", simulators.entra().url().toString()));
    }

    private boolean showsWhatDidomiShows(UUID contact) {
        Optional<Boolean> chosen = simulators.didomi().enabled(contact.toString(), "newsletter");
        return chosen.equals(Optional.of(
                simulators.dataverse().contact(contact).get("new_newsletter").equals(true)));
    }
}
