package io.github.consentbridge.standalone.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.consentbridge.connectors.http.ServiceUrl;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.mapping.document.IntegrationReader;
import io.github.consentbridge.simulators.Simulators;
import io.github.consentbridge.standalone.BridgeProcess;
import io.github.consentbridge.standalone.Deliveries;
import io.github.consentbridge.standalone.store.Store;
import io.github.consentbridge.sync.connections.Endpoints;
import io.github.consentbridge.sync.intake.Proxies;
import io.github.consentbridge.sync.queue.Delivery;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mapping that would destroy data, found in the columns' types only while the bridge runs. */
class HarmfulMappingTest {
    private static final Clock CLOCK = Clock.systemUTC();
    private static final String DOCUMENT = """
            {"type_id": "microsoft-dynamics", "mappings": [{"id": "firstname", "value": {"purpose": "newsletter"}}]}""";

    @TempDir
    Path folder;

    private final ByteArrayOutputStream log = new ByteArrayOutputStream();

    @Test
    void everyDeliveryWaitsAndTheLogSaysWhatToDo() throws Exception {
        try (Simulators simulators = Simulators.start(CLOCK)) {
            List<UUID> contacts = Stream.of("Ada", "Grace", "Blaise")
                    .map(name -> simulators.dataverse().addContact(Map.of("firstname", name)))
                    .toList();
            accepted(contacts);

            try (BridgeServer bridge = start(simulators)) {
                await().atMost(Duration.ofMinutes(1))
                        .until(() -> log.toString(UTF_8).contains("/mappings/0: column firstname is a text column"));
                assertThat(bridge.isIdle()).isFalse();
            }

            assertThat(contacts)
                    .extracting(id -> simulators.dataverse().contact(id).get("firstname"))
                    .containsExactly("Ada", "Grace", "Blaise");
            try (Store store = Store.open(folder.resolve("data"), CLOCK)) {
                assertThat(store.queue().depth().depth()).isEqualTo(3);
                assertThat(store.deadLetters().count()).isZero();
            }
        }
    }

    private void accepted(List<UUID> contacts) {
        try (Store store = Store.open(folder.resolve("data"), CLOCK)) {
            store.queue()
                    .send(
                            contacts.stream()
                                    .map(id -> Deliveries.newsletter(id.toString(), true, CLOCK.instant()))
                                    .map(body -> Delivery.received(Side.DIDOMI, "", CLOCK.instant(), body))
                                    .toList(),
                            Duration.ZERO);
        }
    }

    private BridgeServer start(Simulators simulators) throws Exception {
        Path secrets = folder.resolve("secrets.json");
        BridgeProcess.writeSecret(secrets, BridgeProcess.secrets(simulators));
        Endpoints endpoints = new Endpoints(
                ServiceUrl.parse("DIDOMI_API_URL", simulators.didomi().url().toString()),
                ServiceUrl.parse("ENTRA_LOGIN_URL", simulators.entra().url().toString()));
        return BridgeServer.start(
                IntegrationReader.read(DOCUMENT.getBytes(UTF_8), IntegrationReader.Place.FILE),
                outcomeLog -> new FileCredentials(secrets, CLOCK, outcomeLog),
                new BridgeServer.Settings(
                        folder.resolve("data"),
                        "127.0.0.1",
                        0,
                        Proxies.none(),
                        2,
                        Optional.empty(),
                        endpoints,
                        new PrintStream(log, true, UTF_8)),
                CLOCK);
    }
}
