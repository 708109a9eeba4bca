package io.github.consentbridge.standalone.cli.rights;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.github.consentbridge.connectors.http.ServiceUrl;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.mapping.document.IntegrationReader;
import io.github.consentbridge.simulators.Simulators;
import io.github.consentbridge.simulators.dataverse.column.DataverseError;
import io.github.consentbridge.simulators.dataverse.column.SimulatedColumn;
import io.github.consentbridge.simulators.didomi.SimulatedChoice;
import io.github.consentbridge.standalone.BridgeProcess;
import io.github.consentbridge.standalone.cli.Bridge;
import io.github.consentbridge.standalone.host.BridgeServer;
import io.github.consentbridge.standalone.host.FileCredentials;
import io.github.consentbridge.standalone.store.Store;
import io.github.consentbridge.sync.connections.Endpoints;
import io.github.consentbridge.sync.intake.Proxies;
import io.github.consentbridge.sync.queue.Delivery;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A person of whom there is everything: choices on both sides, a merge, an erasure by Didomi and a return with two Didomi
 * users, a dead letter and a waiting delivery. It came about through a running bridge, which still runs.
 */
final class EventfulPerson implements AutoCloseable {
    /** With everything that could be taken for markup or for the end of a text. */
    static final String KEY = "o'neil&<i>\"@example.org";

    static final String LOG_KEY = "a-log-key-of-the-tests-0123456789";

    private static final Clock CLOCK = Clock.systemUTC();
    private static final String DOCUMENT = """
            {"type_id": "microsoft-dynamics",
             "properties": {"contact_key": "new_didomiid", "bidirectional": true}, "mappings": [
               {"id": "new_newsletter", "value": {"purpose": "newsletter"}},
               {"id": "donotbulkemail", "value": {"purpose": "marketing"}, "invert": true},
               {"id": "new_surveys", "value": {"purpose": "surveys"}}]}""";

    final Simulators simulators = Simulators.start(CLOCK);
    final UUID contact;
    final UUID keyless;
    private final Path folder;
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final Instant start =
            CLOCK.instant().truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofHours(2));
    private BridgeServer bridge;
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();

    EventfulPerson(Path folder) throws Exception {
        this.folder = folder;
        for (String column : List.of("new_newsletter", "new_surveys")) {
            simulators.dataverse().column(SimulatedColumn.bool(column));
        }
        simulators.dataverse().column(SimulatedColumn.text("new_didomiid", 100));
        contact = simulators
                .dataverse()
                .addContact(Map.of(
                        "new_didomiid",
                        KEY,
                        "emailaddress2",
                        "O'Neil@Example.org",
                        "emailaddress3",
                        "two@example.org"));
        keyless = simulators.dataverse().addContact(Map.of("emailaddress1", "keyless@example.org"));
        Files.writeString(folder.resolve("integration.json"), DOCUMENT);
        String secrets = BridgeProcess.secrets(simulators).replaceFirst("\\{", "{\"log_key\": \"" + LOG_KEY + "\", ");
        BridgeProcess.writeSecret(folder.resolve("secrets.json"), secrets);
        bridge = start();
        live();
        bridge.close();
        leaveADeliveryWaiting();
        bridge = start();
    }

    private BridgeServer start() {
        BridgeServer started = BridgeServer.start(
                IntegrationReader.read(DOCUMENT.getBytes(UTF_8), IntegrationReader.Place.FILE),
                outcomes -> new FileCredentials(folder.resolve("secrets.json"), CLOCK, outcomes),
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
                        new PrintStream(log, true, UTF_8)),
                CLOCK);
        return started;
    }

    private void live() {
        simulators
                .didomi()
                .registerWebhook(
                        bridge.url("/webhooks/didomi"), Map.of("x-consent-bridge-key", BridgeProcess.WEBHOOK_KEY));
        simulators
                .dataverse()
                .registerWebhook(
                        bridge.url("/webhooks/dynamics"),
                        Map.of("x-consent-bridge-key", "dynamics-webhook-key-0123456789"),
                        "new_newsletter",
                        "donotbulkemail",
                        "new_surveys",
                        "new_didomiid");
        choose(choice("first-phone", 0).purpose("newsletter", true).purpose("marketing", true));
        UUID duplicate = simulators.dataverse().addContact(Map.of("new_newsletter", false));
        simulators.dataverse().mergeContacts(contact, duplicate, Map.of("new_newsletter", false));
        settle();
        simulators.dataverse().editContact(contact, Map.of("donotbulkemail", true));
        settle();
        simulators.didomi().deleteUser(KEY);
        settle();
        choose(SimulatedChoice.by(KEY).didomiUser("laptop").purpose("newsletter", false));
        choose(SimulatedChoice.by(KEY).didomiUser("phone").purpose("marketing", true));
        simulators.dataverse().plugin("new_surveys", value -> {
            throw new DataverseError(400, "0x80040265", "Surveys are closed.");
        });
        choose(SimulatedChoice.by(KEY).didomiUser("phone").purpose("surveys", true));
    }

    private SimulatedChoice choice(String didomiUser, int minutes) {
        return SimulatedChoice.by(KEY).didomiUser(didomiUser).at(start.plus(Duration.ofMinutes(minutes)));
    }

    private void choose(SimulatedChoice choice) {
        simulators.didomi().choose(choice);
        settle();
    }

    /** Until nothing that either system has sent is left. */
    private void settle() {
        do {
            simulators.didomi().deliverAll();
            simulators.dataverse().deliverAll();
            await().atMost(Duration.ofMinutes(1)).until(bridge::isIdle);
        } while (!simulators.didomi().pending().isEmpty()
                || !simulators.dataverse().pending().isEmpty());
    }

    private void leaveADeliveryWaiting() {
        try (Store store = Store.open(folder.resolve("data"), CLOCK)) {
            Delivery delivery = Delivery.received(
                            Side.DIDOMI, KEY, start, "{\"type\":\"event.created\",\"note\":\"waits </pre>\"}")
                    .failedAgain(start.plusSeconds(9), "Dataverse answered 503");
            store.queue().send(List.of(delivery), Duration.ofMinutes(15));
        }
    }

    /** What a command returns that reaches the running bridge. */
    int execute(String... words) {
        out = new StringWriter();
        err = new StringWriter();
        List<String> arguments = new ArrayList<>(List.of(words));
        for (String place : List.of("config=integration.json", "secrets=secrets.json", "data=data")) {
            arguments.add("--" + place.replace("=", "=" + folder + "/"));
        }
        return Bridge.execute(
                new Bridge(), new PrintWriter(out, true), new PrintWriter(err, true), arguments.toArray(String[]::new));
    }

    /** The log lines of the bridge. */
    String log() {
        return log.toString(UTF_8);
    }

    @Override
    public void close() {
        bridge.close();
        simulators.close();
    }
}
