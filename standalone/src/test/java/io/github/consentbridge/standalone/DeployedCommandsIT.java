package io.github.consentbridge.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator is told whose environment does not name the whole stack. Nobody is asked for it. */
class DeployedCommandsIT {
    @TempDir
    Path folder;

    private final Map<String, String> environment = new HashMap<>(Map.of(
            "AWS_REGION", "eu-west-1",
            "BRIDGE_SECRET_ID", "bridge",
            "BRIDGE_LEDGER_TABLE", "ledger",
            "BRIDGE_HISTORY_TABLE", "history",
            "BRIDGE_QUEUE_URL", "http://127.0.0.1:1/queue",
            "BRIDGE_DEAD_LETTER_QUEUE_URL", "http://127.0.0.1:1/dead"));

    private CommandLineProcess deadLetters(String... options) throws Exception {
        String[] command = new String[options.length + 1];
        command[0] = "deadletters";
        System.arraycopy(options, 0, command, 1, options.length);
        return CommandLineProcess.run(folder, environment, command);
    }

    @Test
    void everythingThatIsMissingIsNamedAtOnce() throws Exception {
        environment.remove("BRIDGE_SECRET_ID");
        environment.put("BRIDGE_DEAD_LETTER_QUEUE_URL", "");

        CommandLineProcess command = deadLetters();

        assertThat(command.exitCode()).isEqualTo(2);
        assertThat(command.output().strip().lines()).hasSize(1);
        assertThat(command.output())
                .contains("BRIDGE_SECRET_ID", "BRIDGE_DEAD_LETTER_QUEUE_URL")
                .doesNotContain("BRIDGE_QUEUE_URL (");
    }

    @Test
    void missingIntegrationDocumentIsASentence() throws Exception {
        CommandLineProcess command = deadLetters();

        assertThat(command.exitCode()).isEqualTo(2);
        assertThat(command.output()).contains("there is no integration document config/integration.json");
        assertThat(command.output().strip().lines()).hasSize(1);
    }

    @Test
    void addressThatCannotBeOneIsASentence() throws Exception {
        Files.createDirectories(folder.resolve("config"));
        Files.writeString(folder.resolve("config/integration.json"), """
                {"type_id": "microsoft-dynamics", "properties": {"organization_id": "acme"},
                 "mappings": [{"id": "new_newsletter", "value": {"purpose": "newsletter"}}]}""");
        environment.put("DIDOMI_API_URL", "http://didomi.example.org");

        CommandLineProcess command = deadLetters();

        assertThat(command.exitCode()).isEqualTo(2);
        assertThat(command.output()).contains("DIDOMI_API_URL");
        assertThat(command.output().strip().lines()).hasSize(1);
    }

    @Test
    void dataFolderThatIsNamedIsMeantWhateverTheEnvironmentSays() throws Exception {
        CommandLineProcess command = deadLetters("--data", "elsewhere");

        assertThat(command.exitCode()).isEqualTo(2);
        assertThat(command.output()).contains("there is no data of a bridge in elsewhere");
    }
}
