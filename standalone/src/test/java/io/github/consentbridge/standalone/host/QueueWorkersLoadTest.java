package io.github.consentbridge.standalone.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.consentbridge.connectors.http.ServiceUrl;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.mapping.document.IntegrationReader;
import io.github.consentbridge.simulators.People;
import io.github.consentbridge.simulators.Simulators;
import io.github.consentbridge.simulators.dataverse.limits.ServiceLimits;
import io.github.consentbridge.standalone.BridgeProcess;
import io.github.consentbridge.standalone.Deliveries;
import io.github.consentbridge.standalone.store.Store;
import io.github.consentbridge.sync.connections.Endpoints;
import io.github.consentbridge.sync.intake.Proxies;
import io.github.consentbridge.sync.queue.Delivery;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What many deliveries cost Dataverse. They wait in the store already when the bridge starts. */
class QueueWorkersLoadTest {
    private static final int PEOPLE = 10_000;
    private static final Clock CLOCK = Clock.systemUTC();

    @TempDir
    Path folder;

    private final Simulators simulators = Simulators.start(CLOCK);
    private final People people = new People(simulators, 1);

    @BeforeEach
    void liftLimits() {
        simulators.dataverse().limits(ServiceLimits.none());
    }

    @AfterEach
    void stop() {
        simulators.close();
    }

    @Test
    void contactsAreFoundAndWrittenInBulk() throws Exception {
        people.add(PEOPLE, 0, Instant.now().minus(Duration.ofDays(1)));
        List<UUID> contacts = simulators.dataverse().contactIds();
        List<String> bodies = contacts.stream()
                .map(contact -> Deliveries.newsletter(contact.toString(), !isGranted(contact), Instant.now()))
                .toList();
        List<Boolean> wanted =
                contacts.stream().map(contact -> !isGranted(contact)).toList();

        apply(bodies);

        assertThat(simulators.dataverse().counters().requests()).isLessThanOrEqualTo(PEOPLE * 3L / 100);
        assertThat(contacts.stream().map(this::isGranted)).isEqualTo(wanted);
    }

    @Test
    void oneWriteServesAHundredDeliveriesOfOneChange() throws Exception {
        people.add(1, 0, Instant.now().minus(Duration.ofDays(1)));
        UUID contact = simulators.dataverse().contactIds().get(0);
        boolean before = isGranted(contact);
        Instant now = Instant.now();
        List<String> bodies = new ArrayList<>();
        for (int index = 0; index < 100; index++) {
            bodies.add(Deliveries.newsletter(contact.toString(), !before, now));
        }

        apply(bodies);

        assertThat(isGranted(contact)).isNotEqualTo(before);
        assertThat(simulators.dataverse().counters().writesTo(contact)).isEqualTo(1);
    }

    private void apply(List<String> bodies) throws Exception {
        try (Store store = Store.open(folder.resolve("data"), CLOCK)) {
            store.queue()
                    .send(
                            bodies.stream()
                                    .map(body -> Delivery.received(Side.DIDOMI, "", CLOCK.instant(), body))
                                    .toList(),
                            Duration.ZERO);
        }
        Path secrets = folder.resolve("secrets.json");
        BridgeProcess.writeSecret(secrets, BridgeProcess.secrets(simulators));
        simulators.dataverse().counters().reset();
        BridgeServer.Settings settings = new BridgeServer.Settings(
                folder.resolve("data"),
                "127.0.0.1",
                0,
                Proxies.none(),
                2,
                Optional.empty(),
                endpoints(),
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        byte[] document = """
                {"type_id": "microsoft-dynamics",
                 "mappings": [{"id": "new_newsletter", "value": {"purpose": "newsletter"}}]}""".getBytes(StandardCharsets.UTF_8);
        try (BridgeServer bridge = BridgeServer.start(
                IntegrationReader.read(document, IntegrationReader.Place.FILE),
                log -> new FileCredentials(secrets, CLOCK, log),
                settings,
                CLOCK)) {
            await().atMost(Duration.ofMinutes(3)).until(bridge::isIdle);
        }
    }

    private Endpoints endpoints() {
        return new Endpoints(
                ServiceUrl.parse("DIDOMI_API_URL", simulators.didomi().url().toString()),
                ServiceUrl.parse("ENTRA_LOGIN_URL", simulators.entra().url().toString()));
    }

    private boolean isGranted(UUID contact) {
        return Boolean.TRUE.equals(simulators.dataverse().contact(contact).get("new_newsletter"));
    }
}
