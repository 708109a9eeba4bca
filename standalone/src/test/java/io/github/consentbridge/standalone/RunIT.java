package io.github.consentbridge.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.consentbridge.simulators.Simulators;
import io.github.consentbridge.simulators.dataverse.column.SimulatedColumn;
import io.github.consentbridge.simulators.http.Fault;
import io.github.consentbridge.simulators.http.RouteKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The packaged program, as an operator runs it. */
@Execution(ExecutionMode.CONCURRENT)
class RunIT {
    private static final String NEWSLETTER = """
            {"id": "new_newsletter", "value": {"purpose": "newsletter"}}""";
    private static final String BY_EMAIL = "\"contact_key\": \"emailaddress1\"";
    private static final Instant AT = Instant.parse("2026-10-02T08:15:30.120Z");

    @TempDir
    Path folder;

    private final Simulators simulators = Simulators.start(Clock.systemUTC());

    @BeforeEach
    void defineColumns() {
        simulators.dataverse().column(SimulatedColumn.bool("new_newsletter"));
    }

    @AfterEach
    void stopSimulators() {
        simulators.close();
    }

    @Test
    void didomisOwnConfigurationIsTheSecretAndTheDocumentInOne() throws Exception {
        UUID ada = contact("ada@example.org");
        // Didomi's published example, with our two blocks beside it.
        Path file = folder.resolve("connector.json");
        BridgeProcess.writeSecret(file, connector(false));
        Files.copy(file, folder.resolve("integration.json"));
        Files.createSymbolicLink(folder.resolve("secrets.json"), folder.resolve("integration.json"));
        Files.setPosixFilePermissions(folder.resolve("integration.json"), PosixFilePermissions.fromString("rw-------"));

        try (BridgeProcess bridge = start()) {
            deliver(bridge, ada.toString(), true);
        }

        assertThat(simulators.dataverse().contact(ada)).containsEntry("new_newsletter", true);
    }

    @Test
    void unknownPersonIsCreatedOnlyInUpsertMode() throws Exception {
        String person = UUID.randomUUID().toString();

        configure(connector(false));
        try (BridgeProcess bridge = start()) {
            deliver(bridge, person, true);
            assertThat(simulators.dataverse().contactCount()).isZero();
            assertThat(bridge.output()).contains("\"no contact\"");
        }
        configure(connector(true));
        try (BridgeProcess bridge = start()) {
            deliver(bridge, person, true);
        }

        assertThat(simulators.dataverse().contact(UUID.fromString(person)))
                .containsEntry("new_newsletter", true)
                .containsEntry("contactid", UUID.fromString(person));
    }

    @Test
    void terminationFinishesWhatIsInHandAndExitsWithZero() throws Exception {
        UUID ada = contact("ada@example.org");
        BridgeProcess.prepare(folder, simulators, BY_EMAIL, NEWSLETTER);
        BridgeProcess bridge = start();
        post(bridge, "ada@example.org", true, AT);

        int exitCode = bridge.terminate();

        assertThat(exitCode).isZero();
        assertThat(folder.resolve("data/control.json")).doesNotExist();
        try (BridgeProcess next = start()) {
            awaitIdle(next);
        }
        assertThat(simulators.dataverse().contact(ada)).containsEntry("new_newsletter", true);
        assertThat(simulators.dataverse().counters().writesTo(ada)).isEqualTo(1);
    }

    /** A delivery is being applied and a reconciliation reads its first page. */
    @Test
    void terminationEndsInTimeWhileBothSystemsDoNotAnswer() throws Exception {
        UUID ada = contact("ada@example.org");
        BridgeProcess.prepare(folder, simulators, BY_EMAIL, NEWSLETTER);
        CountDownLatch asked = new CountDownLatch(2);
        simulators.dataverse().faults().next(RouteKind.FIND_CONTACTS, hang(asked));
        simulators.didomi().faults().next(RouteKind.READ_USERS, hang(asked));
        BridgeProcess bridge = start();
        post(bridge, "ada@example.org", true, AT);
        Process reconciliation = CommandLineProcess.start(folder, Map.of(), onFolder("reconcile", "--scan", "didomi"));
        asked.await();

        Instant start = Instant.now();
        int exitCode = bridge.terminate();

        assertThat(exitCode).isZero();
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(20));
        assertThat(reconciliation.waitFor()).isNotZero();
        try (BridgeProcess next = start()) {
            awaitIdle(next);
        }
        assertThat(simulators.dataverse().contact(ada)).containsEntry("new_newsletter", true);
    }

    private static Fault hang(CountDownLatch asked) {
        return (proceed, error) -> {
            asked.countDown();
            return Fault.hang().apply(proceed, error);
        };
    }

    @Test
    void secondRunOnOneFolderIsRefused() throws Exception {
        BridgeProcess.prepare(folder, simulators, BY_EMAIL, NEWSLETTER);
        try (BridgeProcess first = start()) {
            BridgeProcess second = BridgeProcess.launch(folder, simulators, Path.of("target/bridge.jar"), "-Xmx128m");

            assertThat(second.waitFor()).isEqualTo(2);
            assertThat(second.output()).contains("another bridge is running on the data folder");
            assertThat(Webhook.health(first.url("/health")).path("status").asText())
                    .isEqualTo("up");
        }
    }

    @Test
    void libraryThatCannotBeLoadedIsASentenceOfItsOwn() throws Exception {
        BridgeProcess.prepare(folder, simulators, BY_EMAIL, NEWSLETTER);
        String options = "-Dorg.sqlite.tmpdir=" + folder.resolve("secrets.json");

        CommandLineProcess run =
                CommandLineProcess.run(folder, Map.of("JAVA_TOOL_OPTIONS", options), onFolder("run", "--port", "0"));

        assertThat(run.exitCode()).isNotZero();
        assertThat(run.output())
                .contains("SQLite's library", "cannot be loaded", "noexec")
                .doesNotContain("check the disk");
    }

    @Test
    void operatorsAskTheRunningProcessAndTheStoppedOneAlike() throws Exception {
        contact("ada@example.org");
        contact("twice@example.org");
        contact("twice@example.org");
        BridgeProcess.prepare(folder, simulators, BY_EMAIL, NEWSLETTER);

        try (BridgeProcess bridge = start()) {
            deliver(bridge, "ada@example.org", true);
            deliver(bridge, "twice@example.org", true);
            assertExplained();
            assertAmbiguous();
            CommandLineProcess status = command("status", "--json");
            boolean up = new JsonMapper()
                    .readTree(status.output())
                    .path("status")
                    .asText()
                    .equals("up");
            assertThat(status.exitCode()).as(status.output()).isEqualTo(up ? 0 : 1);
            assertThat(Files.getPosixFilePermissions(folder.resolve("data/control.json")))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
            bridge.terminate();
        }

        assertExplained();
        assertAmbiguous();
        assertThat(command("status").exitCode()).isEqualTo(3);
        assertThat(command("replay", "--reason", "ambiguous").output()).contains("1 delivery is in the queue again");
        assertThat(command("deadletters").output()).contains("no dead letters");
        assertThat(command("replay", "--all").exitCode()).isEqualTo(1);
        assertThat(command("explain", "nobody@example.org").exitCode()).isEqualTo(1);
    }

    private void assertExplained() throws Exception {
        CommandLineProcess explain = command("explain", "ada@example.org", "--json");
        assertThat(explain.exitCode()).as(explain.output()).isZero();
        JsonNode register = new JsonMapper().readTree(explain.output()).at("/registers/0");
        assertThat(register.path("regulation").asText()).isEqualTo("gdpr");
        assertThat(register.path("mapping").asText()).isEqualTo("new_newsletter");
        assertThat(register.path("value").booleanValue()).isTrue();
        assertThat(register.path("decided_at").asText()).isEqualTo(AT.toString());
        assertThat(register.path("side").asText()).isEqualTo("didomi");
        assertThat(register.path("delivery").asText()).isNotEmpty();
        assertThat(register.path("didomi_seen").booleanValue()).isTrue();
        assertThat(register.path("dynamics_seen").booleanValue()).isTrue();
        assertThat(register.path("reason").asText()).isEqualTo("only Didomi has a choice");
    }

    private void assertAmbiguous() throws Exception {
        CommandLineProcess list = command("deadletters", "--json");
        assertThat(list.exitCode()).as(list.output()).isZero();
        JsonNode letters = new JsonMapper().readTree(list.output());
        assertThat(letters).hasSize(1);
        assertThat(letters.at("/0/side").asText()).isEqualTo("didomi");
        assertThat(letters.at("/0/key").asText()).isEqualTo("twice@example.org");
        assertThat(letters.at("/0/reason").asText()).startsWith("ambiguous: contacts ");
        assertThat(letters.at("/0/attempts").asInt()).isEqualTo(1);
        String id = letters.at("/0/id").asText();
        assertThat(command("deadletters", "show", id).output())
                .contains("masked")
                .doesNotContain("twice@");
        assertThat(command("deadletters", "show", id, "--plain").output()).contains("twice@example.org");
    }

    @Test
    void secretsThatOthersCanReadAreRefused() throws Exception {
        BridgeProcess.prepare(folder, simulators, BY_EMAIL, NEWSLETTER);
        Files.setPosixFilePermissions(folder.resolve("secrets.json"), PosixFilePermissions.fromString("rw-r--r--"));

        CommandLineProcess run = command("run");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.output()).contains("can be read by others: run chmod 600");
    }

    @Test
    void allMistakesOfADocumentAreReportedAtOnce() throws Exception {
        BridgeProcess.prepare(folder, simulators, "\"contact_kee\": \"contactid\", \"wins\": \"oldest\"", """
                {"id": "new_newsletter", "value": "consents_purposes_a_preferences_b_preferences_c_enabled"}""");

        CommandLineProcess run = command("run");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.output())
                .contains("/properties/contact_kee", "contact_key", "/properties/wins", "/mappings/0/value")
                .contains("\"purpose\"");
    }

    @Test
    void newKeyIsTakenWithoutARestart() throws Exception {
        BridgeProcess.prepare(folder, simulators, BY_EMAIL, NEWSLETTER);
        try (BridgeProcess bridge = start()) {
            assertThat(answer(bridge, "previous-webhook-key-0123456789")).isEqualTo(202);
            assertThat(answer(bridge, "next-webhook-key-0123456789")).isEqualTo(401);
            BridgeProcess.writeSecret(
                    folder.resolve("secrets.json"),
                    BridgeProcess.secrets(simulators)
                            .replace("previous-webhook-key-0123456789", "next-webhook-key-0123456789"));

            await().atMost(Duration.ofSeconds(20)).until(() -> answer(bridge, "next-webhook-key-0123456789") == 202);

            assertThat(answer(bridge, "previous-webhook-key-0123456789")).isEqualTo(401);
        }
    }

    private int answer(BridgeProcess bridge, String key) throws IOException {
        return Webhook.post(bridge.url("/webhooks/didomi"), key, Deliveries.newsletter("ada@example.org", true, AT))
                .statusCode();
    }

    private String connector(boolean upsert) {
        return """
                {"type_id": "microsoft-dynamics",
                 "authentication": {"client_id": "%s", "client_secret": "%s", "tenant_id": "%s", "instance": "%s"},
                 "properties": {},
                 "mappings": [{"id": "new_newsletter", "value": "consents_purposes_newsletter_enabled"}],
                 "upsert_mode": %s,
                 "didomi": {"key": "%s", "secret": "%s", "organization_id": "%s"},
                 "webhooks": {"didomi": {"header": "x-consent-bridge-key", "values": ["%s"]}}}""".formatted(
                        simulators.entra().clientId(),
                        simulators.entra().clientSecret(),
                        simulators.entra().tenantId(),
                        simulators.dataverse().url(),
                        upsert,
                        simulators.didomi().key(),
                        simulators.didomi().secret(),
                        simulators.didomi().organizationId(),
                        BridgeProcess.WEBHOOK_KEY);
    }

    /** One file for both. */
    private void configure(String connector) throws IOException {
        Files.deleteIfExists(folder.resolve("secrets.json"));
        BridgeProcess.writeSecret(folder.resolve("integration.json"), connector);
        Files.createSymbolicLink(folder.resolve("secrets.json"), folder.resolve("integration.json"));
    }

    private UUID contact(String email) {
        return simulators.dataverse().addContact(Map.of("emailaddress1", email));
    }

    private BridgeProcess start() throws IOException {
        return BridgeProcess.start(folder, simulators, Path.of("target/bridge.jar"), "-Xmx128m");
    }

    private static void post(BridgeProcess bridge, String person, boolean granted, Instant at) throws IOException {
        String body = Deliveries.newsletter(person, granted, at);
        assertThat(Webhook.post(bridge.url("/webhooks/didomi"), BridgeProcess.WEBHOOK_KEY, body)
                        .statusCode())
                .isEqualTo(202);
    }

    private static void deliver(BridgeProcess bridge, String person, boolean granted) throws IOException {
        post(bridge, person, granted, AT);
        awaitIdle(bridge);
    }

    private static void awaitIdle(BridgeProcess bridge) {
        await().atMost(Duration.ofMinutes(1)).until(() -> Webhook.isIdle(bridge.url("/health")));
    }

    private CommandLineProcess command(String... arguments) throws Exception {
        return CommandLineProcess.run(folder, onFolder(arguments));
    }

    private static String[] onFolder(String... arguments) {
        String[] all = new String[arguments.length + 6];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        String[] places = {"--config", "integration.json", "--secrets", "secrets.json", "--data", "data"};
        System.arraycopy(places, 0, all, arguments.length, places.length);
        return all;
    }
}
