package io.github.consentbridge.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.consentbridge.simulators.Simulators;
import io.github.consentbridge.simulators.dataverse.column.SimulatedColumn;
import io.github.consentbridge.simulators.didomi.SimulatedChoice;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program configures itself, and then runs on what it wrote. */
@Timeout(120)
class InitIT {
    private static final String PERSON = "customer-8a1f";
    private static final String FILES = " --config integration.json --secrets secrets.json";

    @TempDir
    Path folder;

    private final Simulators simulators = Simulators.start(Clock.systemUTC());
    private final JsonMapper mapper = new JsonMapper();

    @BeforeEach
    void prepare() {
        simulators.didomi().knowsPurpose("newsletter");
        simulators.didomi().knowsPurpose("analytics");
        simulators.didomi().knowsPreference("marketing", "frequency", "w-8Kd2", "m-1Xq7");
        simulators.didomi().singleChoice("frequency");
        simulators.didomi().named("newsletter", "Our newsletter");
        simulators.didomi().named("w-8Kd2", "Weekly");
        simulators.didomi().named("m-1Xq7", "Monthly");
        simulators
                .didomi()
                .choose(SimulatedChoice.by(PERSON).purpose("newsletter", false).silently());
        simulators.dataverse().column(SimulatedColumn.text("new_customer", 100));
        simulators.dataverse().alternateKey("new_customer");
        simulators.dataverse().column(SimulatedColumn.bool("new_newsletter").labelled("Newsletter"));
        simulators
                .dataverse()
                .column(SimulatedColumn.choice(
                        "new_frequency", new TreeMap<>(Map.of(100000001, "weekly", 100000002, "monthly"))));
    }

    @AfterEach
    void stop() {
        simulators.close();
    }

    private Map<String, String> addresses() {
        return new HashMap<>(Map.of(
                "DIDOMI_API_URL", simulators.didomi().url().toString(),
                "ENTRA_LOGIN_URL", simulators.entra().url().toString()));
    }

    @Test
    void answersOnATerminalBecomeABridgeThatRuns() throws Exception {
        assumeTrue(PseudoTerminal.isAvailable(), "needs the program script of util-linux");
        UUID contact = simulators.dataverse().addContact(Map.of("new_customer", PERSON));
        try (PseudoTerminal terminal = PseudoTerminal.start(folder, addresses(), "init" + FILES)) {
            logIn(terminal);
            terminal.answer("Key column [new_customer]: ", "");
            terminal.answer("reach Didomi? [y/N] ", "y");
            terminal.await("-> donotsendmm (Send Marketing Materials), yes/no, inverted: yes means refusal");
            terminal.answer("Accept? [Y/c/d] ", "c");
            terminal.answer("Column for marketing ", "donotbulkemail");
            terminal.answer("refusal? [Y/n] ", "");
            terminal.await("newsletter (Our newsletter) -> new_newsletter (Newsletter), yes/no");
            terminal.answer("Accept? [Y/c/d] ", "");
            terminal.await("m-1Xq7 = 100000002 monthly");
            terminal.answer("Accept? [Y/c/d] ", "");
            terminal.answer("Without a column: analytics", "");
            terminal.answer("Write integration.json (3 mappings) and secrets.json? [Y/n] ", "");
            terminal.await("All mapped purposes and preferences exist in Didomi.");
            terminal.await("Next: ./bridge run --config integration.json --secrets secrets.json");

            assertThat(terminal.waitFor()).as(terminal.shown()).isZero();
            assertThat(terminal.shown())
                    // Typed, and never printed.
                    .contains(simulators.entra().tenantId())
                    .doesNotContain(
                            simulators.didomi().secret(),
                            "wrong-secret",
                            simulators.entra().clientSecret());
        }
        assertWritten();
        assertRuns(contact);
    }

    private void logIn(PseudoTerminal terminal) throws Exception {
        terminal.answer("Didomi organization id: ", simulators.didomi().organizationId());
        terminal.answer("Id of a private API key: ", simulators.didomi().key());
        terminal.answer("Its secret (not shown): ", "wrong-secret");
        terminal.await("The login to Didomi failed: ");
        terminal.answer("Didomi organization id [acme]: ", "");
        terminal.answer("Id of a private API key [", "");
        terminal.answer("Its secret (not shown): ", simulators.didomi().secret());
        terminal.await("Logged in to Didomi.");
        terminal.answer(
                "https://acme.crm4.dynamics.com: ", simulators.dataverse().url().toString());
        terminal.answer("Directory (tenant) id: ", simulators.entra().tenantId());
        terminal.answer("Application (client) id: ", simulators.entra().clientId());
        terminal.answer(
                "Client secret, its value (not shown): ", simulators.entra().clientSecret());
        terminal.await("Logged in to Dynamics.");
    }

    private void assertWritten() throws Exception {
        JsonNode document = mapper.readTree(folder.resolve("integration.json").toFile());
        assertThat(document.at("/properties/contact_key").asText()).isEqualTo("new_customer");
        assertThat(document.at("/properties/bidirectional").asBoolean()).isTrue();
        assertThat(document.path("mappings").findValuesAsText("id"))
                .containsExactly("donotbulkemail", "new_newsletter", "new_frequency");
        assertThat(document.at("/mappings/0/invert").asBoolean()).isTrue();
        assertThat(document.at("/mappings/2/options/w-8Kd2").asInt()).isEqualTo(100000001);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("secrets.json"))))
                .isEqualTo("rw-------");
    }

    private void assertRuns(UUID contact) throws Exception {
        String key = mapper.readTree(folder.resolve("secrets.json").toFile())
                .at("/webhooks/didomi/values/0")
                .asText();
        try (BridgeProcess bridge = BridgeProcess.start(folder, simulators, Path.of("target/bridge.jar"), "-Xmx128m")) {
            String body = Deliveries.newsletter(PERSON, true, Instant.now());
            assertThat(Webhook.post(bridge.url("/webhooks/didomi"), key, body).statusCode())
                    .isEqualTo(202);
            await().atMost(Duration.ofSeconds(30)).until(() -> Webhook.isIdle(bridge.url("/health")));
        }
        assertThat(simulators.dataverse().contact(contact)).containsEntry("new_newsletter", true);
    }

    @Test
    void interruptLeavesNoFile() throws Exception {
        assumeTrue(PseudoTerminal.isAvailable(), "needs the program script of util-linux");
        try (PseudoTerminal terminal = PseudoTerminal.start(folder, addresses(), "init" + FILES)) {
            logIn(terminal);
            terminal.await("Key column [");
            terminal.type("\u0003");

            assertThat(terminal.waitFor()).isEqualTo(130);
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void withoutATerminalItTakesWhatIsBeyondDoubt() throws Exception {
        Map<String, String> environment = addresses();
        environment.put("DIDOMI_API_SECRET", simulators.didomi().secret());
        Files.writeString(folder.resolve("client-secret"), simulators.entra().clientSecret() + "\n");

        CommandLineProcess init = CommandLineProcess.run(
                folder,
                environment,
                ("init --non-interactive --organization acme --didomi-key %s --instance %s --tenant %s --client-id %s"
                                + " --client-secret-file client-secret" + FILES)
                        .formatted(
                                simulators.didomi().key(),
                                simulators.dataverse().url(),
                                simulators.entra().tenantId(),
                                simulators.entra().clientId())
                        .split(" "));

        assertThat(init.exitCode()).as(init.output()).isZero();
        assertThat(init.output())
                .contains("Key column: new_customer (--contact-key). Changes in Dynamics do not reach Didomi")
                .contains("Left out", "analytics: no column", "marketing: it may belong to donotsendmm")
                .contains("All mapped purposes and preferences exist in Didomi.");
        JsonNode document = mapper.readTree(folder.resolve("integration.json").toFile());
        assertThat(document.path("mappings").findValuesAsText("id")).containsExactly("new_newsletter", "new_frequency");
        assertThat(document.at("/properties/contact_key").asText()).isEqualTo("new_customer");
    }
}
