package io.github.consentbridge.standalone.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.github.consentbridge.mapping.IntegrationReader;
import io.github.consentbridge.remote.ServiceUrl;
import io.github.consentbridge.simulators.People;
import io.github.consentbridge.simulators.Simulators;
import io.github.consentbridge.standalone.BridgeProcess;
import io.github.consentbridge.sync.Endpoints;
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
        new People(simulators, 1).add(20, 1, CLOCK.instant().minus(Duration.ofDays(1)));
        List<UUID> contacts = simulators.dataverse().contactIds();
        Path secrets = folder.resolve("secrets.json");
        BridgeProcess.writeSecret(secrets, BridgeProcess.secrets(simulators));
        BridgeServer.Settings settings = new BridgeServer.Settings(
                folder.resolve("data"),
                "127.0.0.1",
                0,
                false,
                1,
                Optional.of(Duration.ofSeconds(1)),
                new Endpoints(
                        ServiceUrl.parse(
                                "DIDOMI_API_URL", simulators.didomi().url().toString()),
                        ServiceUrl.parse(
                                "ENTRA_LOGIN_URL", simulators.entra().url().toString())),
                new PrintStream(OutputStream.nullOutputStream(), false, UTF_8));
        byte[] document = """
                {"type_id": "microsoft-dynamics",
                 "mappings": [{"id": "new_newsletter", "value": {"purpose": "newsletter"}}]}""".getBytes(UTF_8);

        try (BridgeServer bridge = BridgeServer.start(
                IntegrationReader.read(document, IntegrationReader.Place.FILE),
                new FileCredentials(secrets, CLOCK),
                settings,
                CLOCK)) {
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> bridge.isIdle() && contacts.stream().allMatch(this::showsWhatDidomiShows));
        }
    }

    private boolean showsWhatDidomiShows(UUID contact) {
        Optional<Boolean> chosen = simulators.didomi().enabled(contact.toString(), "newsletter");
        return chosen.equals(Optional.of(
                simulators.dataverse().contact(contact).get("new_newsletter").equals(true)));
    }
}
