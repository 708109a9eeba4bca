package io.github.consentbridge.standalone.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.consentbridge.connectors.http.ServiceUrl;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.mapping.document.IntegrationReader;
import io.github.consentbridge.simulators.Simulators;
import io.github.consentbridge.simulators.dataverse.column.SimulatedColumn;
import io.github.consentbridge.simulators.didomi.Delivery;
import io.github.consentbridge.simulators.didomi.SimulatedChoice;
import io.github.consentbridge.standalone.BridgeProcess;
import io.github.consentbridge.standalone.Webhook;
import io.github.consentbridge.standalone.metrics.MetricsSettings;
import io.github.consentbridge.standalone.store.FolderBytes;
import io.github.consentbridge.standalone.store.Store;
import io.github.consentbridge.sync.connections.Endpoints;
import io.github.consentbridge.sync.intake.Proxies;
import io.github.consentbridge.sync.logging.LogLevel;
import io.github.consentbridge.sync.operations.DeadLetterFilter;
import io.github.consentbridge.sync.operations.DeadLetterSummary;
import io.github.consentbridge.sync.queue.DeadLetter;
import io.github.consentbridge.sync.queue.DiscardedDelivery;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is left of an erased person in the files of a running bridge. */
class ErasureInFilesTest {
    private static final Clock CLOCK = Clock.systemUTC();
    private static final String ZOE = "kund-Zoë-7731";
    private static final String EMAIL = "zoë.lind@post.example";
    private static final String GRACE = "kund-Grace-52";

    @TempDir
    Path folder;

    private final Simulators simulators = Simulators.start(CLOCK);
    private final UUID zoesContact = contact(ZOE);

    private UUID contact(String key) {
        simulators.dataverse().column(SimulatedColumn.bool("new_newsletter"));
        simulators.dataverse().column(SimulatedColumn.choice("new_frequency", Map.of(1, "weekly")));
        simulators.dataverse().column(SimulatedColumn.text("new_didomiid", 100));
        return simulators.dataverse().addContact(Map.of("new_didomiid", key, "emailaddress1", EMAIL));
    }

    @AfterEach
    void stop() {
        simulators.close();
    }

    private BridgeServer start(String onUserDeleted) throws Exception {
        Path secrets = folder.resolve("secrets.json");
        BridgeProcess.writeSecret(secrets, BridgeProcess.secrets(simulators));
        return BridgeServer.start(
                IntegrationReader.read("""
                        {"type_id": "microsoft-dynamics",
                         "properties": {"contact_key": "new_didomiid", "on_user_deleted": "%s"},
                         "mappings": [
                           {"id": "new_newsletter", "value": {"purpose": "newsletter"}},
                           {"id": "new_frequency", "value": {"purpose": "newsletter", "preference": "frequency"},
                            "options": {"weekly": 1}}]}""".formatted(onUserDeleted).getBytes(UTF_8), IntegrationReader.Place.FILE),
                outcomeLog -> new FileCredentials(secrets, CLOCK, outcomeLog),
                new BridgeServer.Settings(
                        folder.resolve("data"),
                        "127.0.0.1",
                        0,
                        Proxies.none(),
                        1,
                        Optional.empty(),
                        new Endpoints(
                                ServiceUrl.parse(
                                        "DIDOMI_API_URL",
                                        simulators.didomi().url().toString()),
                                ServiceUrl.parse(
                                        "ENTRA_LOGIN_URL",
                                        simulators.entra().url().toString())),
                        new PrintStream(OutputStream.nullOutputStream(), false, UTF_8),
                        LogLevel.INFO,
                        MetricsSettings.standard()),
                CLOCK);
    }

    private static void deliver(BridgeServer bridge, List<Delivery> deliveries) throws Exception {
        for (Delivery delivery : deliveries) {
            int status = Webhook.post(bridge.url("/webhooks/didomi"), BridgeProcess.WEBHOOK_KEY, delivery.body())
                    .statusCode();
            assertThat(status).isEqualTo(202);
        }
        await().atMost(Duration.ofMinutes(1)).until(bridge::isIdle);
    }

    private void choose(BridgeServer bridge, SimulatedChoice choice) throws Exception {
        deliver(bridge, simulators.didomi().choose(choice));
    }

    private static SimulatedChoice by(String person) {
        return SimulatedChoice.by(person).didomiUser("user-of-" + person).metadata(Map.of("mail", EMAIL));
    }

    private List<DeadLetterSummary> letters(BridgeServer bridge, String person) {
        return bridge.operations().deadLetters(DeadLetterFilter.ALL, 1000).stream()
                .filter(letter -> letter.key().equals(person))
                .toList();
    }

    /** Everything that a bridge can store of somebody. */
    private void fill(BridgeServer bridge, String person) throws Exception {
        choose(bridge, by(person).purpose("newsletter", true));
        choose(bridge, by(person).purpose("newsletter", false));
        String large = (EMAIL + " ").repeat(8_000);
        choose(bridge, by(person).purpose("newsletter", true).metadata(Map.of("note", large)));
        // An option that the column does not have: given up once, replayed in vain, and left.
        choose(bridge, by(person).preference("newsletter", "frequency", "daily").metadata(Map.of("note", large)));
        String discarded = letters(bridge, person).get(0).id();
        bridge.operations()
                .discard(
                        discarded, new DiscardedDelivery.Decision("ops", CLOCK.instant(), person + " asked, " + EMAIL));
        choose(bridge, by(person).preference("newsletter", "frequency", "hourly"));
        bridge.operations()
                .replay(new DeadLetterFilter(
                        Optional.empty(), Optional.of(person), Optional.empty(), Optional.empty()));
        await().atMost(Duration.ofMinutes(1))
                .until(() -> bridge.isIdle() && !letters(bridge, person).isEmpty());
    }

    private FolderBytes traces() throws Exception {
        return new FolderBytes(folder.resolve("data"))
                .text("the id", ZOE)
                .text("the address", EMAIL)
                .text("the Didomi user", "user-of-" + ZOE)
                .id("the contact", zoesContact)
                .stored(
                        "the history",
                        "SELECT entries FROM history JOIN person USING (hash) WHERE person = '" + ZOE + "'");
    }

    /** So large that the file is not written anew each time. */
    private void fillStore(int mebibytes) {
        try (Store store = Store.open(folder.resolve("data"), CLOCK)) {
            store.deadLetters()
                    .add(IntStream.range(0, mebibytes)
                            .mapToObj(number -> new DeadLetter(
                                    io.github.consentbridge.sync.queue.Delivery.received(
                                            Side.DIDOMI, "other", CLOCK.instant(), number + " ".repeat(1 << 20)),
                                    "kept",
                                    CLOCK.instant()))
                            .toList());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 20})
    void filesKeepNothingOfPersonWhoWasDeletedInDidomi(int mebibytes) throws Exception {
        fillStore(mebibytes);
        try (BridgeServer bridge = start("clear")) {
            fill(bridge, ZOE);
            FolderBytes traces = traces();
            assertThat(traces.found()).hasSizeGreaterThan(20);

            deliver(bridge, simulators.didomi().deleteUser(ZOE));

            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(traces.found()).isEmpty());
            assertThat(letters(bridge, ZOE)).isEmpty();
            assertThat(letters(bridge, "other")).hasSize(mebibytes);
        }
    }

    @Test
    void othersAreNotErased() throws Exception {
        simulators.dataverse().addContact(Map.of("new_didomiid", GRACE, "emailaddress1", "grace@post.example"));
        try (BridgeServer bridge = start("clear")) {
            fill(bridge, GRACE);
            choose(bridge, by(ZOE).purpose("newsletter", true));

            deliver(bridge, simulators.didomi().deleteUser(ZOE));

            assertThat(letters(bridge, GRACE)).isNotEmpty();
            assertThat(bridge.operations().explain(GRACE)).isPresent();
            assertThat(bridge.operations().history(GRACE)).isPresent();
        }
    }

    /** The columns are kept, so is what explains them, and what could not be applied. */
    @Test
    void whatExplainsKeptColumnsStays() throws Exception {
        try (BridgeServer bridge = start("keep")) {
            fill(bridge, ZOE);

            deliver(bridge, simulators.didomi().deleteUser(ZOE));

            assertThat(bridge.operations().history(ZOE)).isPresent();
            assertThat(letters(bridge, ZOE)).isNotEmpty();
        }
    }
}
