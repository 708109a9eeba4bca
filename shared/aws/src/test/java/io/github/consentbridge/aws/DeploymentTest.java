package io.github.consentbridge.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.consentbridge.aws.ScriptedAws.Answer;
import io.github.consentbridge.connectors.http.RemoteSystem;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.mapping.json.ConfigurationException;
import io.github.consentbridge.sync.storage.StorageException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeploymentTest {
    private static final Setting[] ALL = Setting.values();

    @TempDir
    Path folder;

    private final ScriptedAws aws = new ScriptedAws((action, request) -> answer(action));
    private final PrintStream out = new PrintStream(new ByteArrayOutputStream(), true, UTF_8);
    private final Map<String, String> environment = new HashMap<>(Map.of(
            "AWS_REGION", "eu-west-1",
            "AWS_ENDPOINT_URL", aws.url(),
            "BRIDGE_STACK", "acme",
            "BRIDGE_SECRET_ID", "acme/bridge",
            "BRIDGE_LEDGER_TABLE", "ledger",
            "BRIDGE_HISTORY_TABLE", "history",
            "BRIDGE_QUEUE_URL", "https://sqs.eu-west-1.amazonaws.com/1/deliveries",
            "BRIDGE_DYNAMICS_QUEUE_URL", "https://sqs.eu-west-1.amazonaws.com/1/deliveries-of-dynamics",
            "BRIDGE_DEAD_LETTER_QUEUE_URL", "https://sqs.eu-west-1.amazonaws.com/1/dead",
            "BRIDGE_RECONCILIATION_QUEUE_URL", "https://sqs.eu-west-1.amazonaws.com/1/reconciliations"));

    private static Answer answer(String action) {
        return action.equals("GET")
                ? new Answer(
                        200,
                        "{\"AccessKeyId\":\"a\",\"SecretAccessKey\":\"b\",\"Token\":\"c\",\"Expiration\":\"2099-01-01T00:00:00Z\"}")
                : Answer.error(400, "AccessDeniedException");
    }

    @AfterEach
    void close() {
        aws.close();
    }

    private Deployment deployment(Setting... needed) {
        return new Deployment(environment, out, Clock.systemUTC(), needed);
    }

    @Test
    void allMissingSettingsInUseAreNamed() {
        environment.clear();
        environment.put("BRIDGE_SECRET_ID", " ");

        assertThatThrownBy(() -> deployment(Setting.SECRET, Setting.QUEUE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "set in the environment: AWS_REGION (the region of the stack), BRIDGE_SECRET_ID (ARN or name of the secret), BRIDGE_QUEUE_URL (URL of the delivery queue)");
    }

    @Test
    void logLevelThatIsNoneIsRefused() {
        environment.put("BRIDGE_LOG_LEVEL", "trace");

        assertThatThrownBy(() -> deployment(ALL))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("BRIDGE_LOG_LEVEL must be one of info, warn, error");
    }

    /** An operator's environment may be older than the second queue. */
    @Test
    void oneQueueHasTheDeliveriesOfBothSidesUnlessTwoAreNamed() {
        assertThat(deployment(ALL).dynamicsQueueUrl()).endsWith("/deliveries-of-dynamics");

        environment.remove("BRIDGE_DYNAMICS_QUEUE_URL");

        assertThat(deployment().dynamicsQueueUrl()).endsWith("/deliveries");
    }

    @Test
    void creatingPartsCallsNothing() {
        Deployment parts = deployment(ALL);
        parts.credentials();
        parts.queue();
        parts.deadLetters();
        parts.reconciliations();
        parts.outcomeLog();
        parts.endpoints();

        assertThat(aws.actions).isEmpty();
        assertThat(parts.credentials()).isSameAs(parts.credentials());
        assertThat(parts.outcomeLog()).isSameAs(parts.outcomeLog());
    }

    @Test
    void eachPartUsesTheEndpointOfTheEnvironment() {
        Deployment parts = deployment(ALL);

        assertThatThrownBy(() -> parts.credentials().current()).hasMessageContaining("secretsmanager:GetSecretValue");
        assertThatThrownBy(() -> parts.queue().from(Side.DIDOMI).postpone(List.of("r"), Duration.ZERO))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("AccessDenied");
        assertThatThrownBy(() -> parts.reconciliations().send("{}", Duration.ZERO))
                .isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> parts.deadLetters().list(letter -> true, 1)).isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> parts.ledger().personOf("6f0c")).isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> parts.pauses()
                        .pause(RemoteSystem.DIDOMI, Clock.systemUTC().instant()))
                .isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> parts.runs().load("a")).isInstanceOf(StorageException.class);

        assertThat(aws.actions)
                .containsExactly(
                        "GetSecretValue",
                        "ChangeMessageVisibilityBatch",
                        "SendMessageBatch",
                        "ReceiveMessage",
                        "Query",
                        "UpdateItem",
                        "GetItem");
    }

    @Test
    void endpointOfOneServiceTakesPrecedence() {
        environment.put("AWS_ENDPOINT_URL", "http://127.0.0.1:1");
        environment.put("AWS_ENDPOINT_URL_SECRETS_MANAGER", aws.url());

        assertThatThrownBy(() -> deployment(Setting.SECRET).credentials().current())
                .hasMessageContaining("secretsmanager:GetSecretValue");
    }

    /** As under SnapStart. The SDK reads the address from this property as well as from the environment. */
    @Test
    void functionWithoutKeysInItsEnvironmentReadsThemFromItsContainer() {
        environment.put("AWS_LAMBDA_FUNCTION_NAME", "webhook");
        System.setProperty("aws.containerCredentialsFullUri", aws.url() + "/credentials");
        try {
            assertThatThrownBy(() -> deployment(Setting.SECRET).credentials().current())
                    .hasMessageContaining("secretsmanager:GetSecretValue");
        } finally {
            System.clearProperty("aws.containerCredentialsFullUri");
        }

        assertThat(aws.actions).containsExactly("GET", "GetSecretValue");
    }

    @Test
    void plainHttpToAnotherMachineIsRefused() {
        environment.put("AWS_ENDPOINT_URL", "http://aws.example.org");

        assertThatThrownBy(() -> deployment(Setting.SECRET).credentials().current())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("AWS_ENDPOINT_URL must use https");
    }

    @Test
    void integrationIsReadFromItsFile() throws Exception {
        Path file = folder.resolve("integration.json");
        Files.copy(Path.of("../../config/integration.json"), file);
        environment.put("BRIDGE_INTEGRATION", file.toString());

        assertThat(deployment().integration().mappings()).isNotEmpty();
    }

    @Test
    void missingOrInvalidIntegrationIsReported() throws Exception {
        environment.put("BRIDGE_INTEGRATION", folder.resolve("none.json").toString());
        assertThatThrownBy(() -> deployment().integration())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("BRIDGE_INTEGRATION");

        Path file = Files.writeString(folder.resolve("wrong.json"), "{\"type_id\":\"x\"}");
        environment.put("BRIDGE_INTEGRATION", file.toString());
        assertThatThrownBy(() -> deployment().integration()).isInstanceOf(ConfigurationException.class);
    }
}
