package io.github.consentbridge.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.consentbridge.simulators.Simulators;
import io.github.consentbridge.simulators.dataverse.column.SimulatedColumn;
import io.github.consentbridge.simulators.didomi.SimulatedChoice;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The packaged program registers itself, and both systems then call it. */
@Execution(ExecutionMode.CONCURRENT)
class RegisterIT {
    private static final String WEBHOOKS = """
            "dynamics": {"values": ["value-of-dynamics-0123456789"]},
            "didomi": {"client_id": "didomi", "client_secrets": ["secret-of-didomi-0123456789"]}""";
    private static final String BY_HAND = """
            "dynamics": {"values": ["value-of-dynamics-0123456789"]},
            "didomi": {"values": ["value-of-didomi-0123456789"]}""";

    @TempDir
    Path folder;

    private final Simulators simulators = Simulators.start(Clock.systemUTC());

    @BeforeEach
    void prepare() throws Exception {
        simulators.dataverse().column(SimulatedColumn.bool("new_newsletter"));
        Files.writeString(folder.resolve("integration.json"), """
                {"type_id": "microsoft-dynamics",
                 "properties": {"organization_id": "acme", "contact_key": "emailaddress1", "bidirectional": true},
                 "mappings": [{"id": "new_newsletter", "value": {"purpose": "newsletter"}}]}""");
        secret(WEBHOOKS);
    }

    @AfterEach
    void stop() {
        simulators.close();
    }

    @Test
    void bothSystemsCallTheBridgeThatRegistered() throws Exception {
        UUID ada = contact("ada@example.org");
        UUID blaise = contact("blaise@example.org");
        simulators.dataverse().editContact(blaise, Map.of("new_newsletter", true));
        simulators
                .didomi()
                .choose(SimulatedChoice.by("blaise@example.org")
                        .purpose("newsletter", true)
                        .at(Instant.now().minus(Duration.ofDays(1)))
                        .silently());
        try (BridgeProcess bridge = BridgeProcess.start(folder, simulators, Path.of("target/bridge.jar"), "-Xmx128m")) {
            String url = bridge.url("").toString();

            assertThat(command("register", "--url", url).exitCode()).isZero();
            simulators.didomi().choose("ada@example.org", Map.of("newsletter", true));
            simulators.dataverse().editContact(blaise, Map.of("new_newsletter", false));
            assertThat(simulators.didomi().deliverAll()).containsOnly(202);
            assertThat(simulators.dataverse().deliverAll()).containsOnly(202);

            await().atMost(Duration.ofSeconds(30)).until(() -> Webhook.isIdle(bridge.url("/health")));
            assertThat(simulators.dataverse().contact(ada)).containsEntry("new_newsletter", true);
            assertThat(simulators.didomi().enabled("blaise@example.org", "newsletter"))
                    .contains(false);
        }
    }

    @Test
    void doctorSaysWhatIsLeftToDo() throws Exception {
        simulators.didomi().knowsPurpose("newsletter");

        CommandLineProcess before = command("doctor");
        command("register", "--url", "https://bridge.example.org");
        JsonNode after = json("doctor", "--json");
        simulators.dataverse().optimisticConcurrency(false);
        CommandLineProcess failed = command("doctor");

        assertThat(before.exitCode()).isZero();
        assertThat(before.output()).contains("run register --url", "Nothing is stored", "log_key");
        assertThat(after.findValuesAsText("state")).doesNotContain("failed");
        assertThat(after.findValuesAsText("subject")).contains("webhooks", "stores");
        assertThat(failed.exitCode()).isEqualTo(1);
        assertThat(failed.output()).contains("Optimistic concurrency is off");
    }

    @Test
    void reportsAreJsonOnRequest() throws Exception {
        JsonNode first = json("register", "--url", "https://bridge.example.org", "--json");
        JsonNode second = json("register", "--url", "https://bridge.example.org", "--json");
        JsonNode removed = json("unregister", "--json");
        JsonNode again = json("unregister", "--json");

        assertThat(first.path("created")).hasSize(5);
        assertThat(first.path("reminder").asText()).contains("System Administrator");
        assertThat(second.path("created")).isEmpty();
        assertThat(second.path("unchanged")).hasSize(5);
        assertThat(removed.path("removed")).hasSize(2);
        assertThat(again.path("removed")).isEmpty();
    }

    @Test
    void whatIsLeftToDoByHandIsPrintedWithoutItsSecret() throws Exception {
        secret(BY_HAND);

        CommandLineProcess register = command("register", "--url", "https://bridge.example.org");

        assertThat(register.exitCode()).isZero();
        assertThat(register.output())
                .contains("1. In Didomi's Console", "https://bridge.example.org/webhooks/didomi")
                .contains("System Administrator")
                .doesNotContain("-0123456789");
    }

    @Test
    void exitCodesTellWhoseFaultItIs() throws Exception {
        simulators.dataverse().privilege("prvCreateServiceEndpoint", false);

        CommandLineProcess plainHttp = command("register", "--url", "http://bridge.example.org");
        CommandLineProcess noUrl = command("register");
        CommandLineProcess denied = command("register", "--url", "https://bridge.example.org");
        secret("");
        CommandLineProcess noSecret = command("register", "--url", "https://bridge.example.org");

        assertThat(plainHttp.exitCode()).isEqualTo(2);
        assertThat(noUrl.exitCode()).isEqualTo(2);
        assertThat(denied.exitCode()).isEqualTo(3);
        assertThat(denied.output()).contains("prvCreateServiceEndpoint").doesNotContain("Exception");
        assertThat(noSecret.exitCode()).isEqualTo(2);
        assertThat(noSecret.output()).contains("webhooks.didomi");
    }

    private JsonNode json(String... arguments) throws Exception {
        CommandLineProcess command = command(arguments);
        assertThat(command.exitCode()).as(command.output()).isZero();
        return new JsonMapper().readTree(command.output());
    }

    private CommandLineProcess command(String... arguments) throws Exception {
        String[] all = new String[arguments.length + 2];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        all[arguments.length] = "--config";
        all[arguments.length + 1] = folder.resolve("integration.json").toString();
        return CommandLineProcess.run(
                folder,
                Map.of(
                        "DIDOMI_API_URL", simulators.didomi().url().toString(),
                        "ENTRA_LOGIN_URL", simulators.entra().url().toString()),
                all);
    }

    private UUID contact(String email) {
        return simulators.dataverse().addContact(Map.of("emailaddress1", email));
    }

    private void secret(String webhooks) throws Exception {
        BridgeProcess.writeSecret(folder.resolve("secrets.json"), """
                {"didomi": {"key": "%s", "secret": "%s"},
                 "microsoft-dynamics": {"client_id": "%s", "client_secret": "%s", "tenant_id": "%s", "instance": "%s"},
                 "webhooks": {%s}}""".formatted(
                        simulators.didomi().key(),
                        simulators.didomi().secret(),
                        simulators.entra().clientId(),
                        simulators.entra().clientSecret(),
                        simulators.entra().tenantId(),
                        simulators.dataverse().url(),
                        webhooks));
    }
}
