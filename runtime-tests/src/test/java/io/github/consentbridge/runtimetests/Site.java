package io.github.consentbridge.runtimetests;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.aws.EmulatedServices;
import io.github.consentbridge.aws.EmulatedServices.Taken;
import io.github.consentbridge.simulators.Simulators;
import io.github.consentbridge.simulators.dataverse.column.SimulatedColumn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Everything around the functions: both systems, Secrets Manager, SQS and DynamoDB. */
final class Site implements AutoCloseable {
    static final Path ROOT = Path.of("..");
    static final String KEY = "demo-webhook-key-0123456789";
    static final String DYNAMICS_KEY = "demo-dynamics-key-9876543210";
    static final String CLIENT_SECRET = "demo-client-secret-0123456789";

    static final String MESSAGE = "059f36b4-87a3-44ab-83d2-661975830a7d";

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final Path RUNTIME = Path.of("target/runtime");
    private static final Path JAVA = Path.of(System.getProperty("java.home"));
    private static final String INTEGRATION = """
            {"type_id": "microsoft-dynamics",
             "properties": {"organization_id": "acme", "contact_key": "new_didomiid", "bidirectional": true},
             "mappings": [{"id": "new_newsletter", "value": {"purpose": "newsletter"}}]}""";

    final Simulators simulators = Simulators.start(Clock.systemUTC());
    final AwsStub secretsManager;
    final String queue = EmulatedServices.newQueue();
    final String deadLetters = EmulatedServices.newQueue();
    final String reconciliations = EmulatedServices.newQueue();
    private final Map<String, String> variables = new HashMap<>(EmulatedServices.environment());

    Site() throws IOException {
        simulators.dataverse().column(SimulatedColumn.text("new_didomiid", 100));
        simulators.dataverse().column(SimulatedColumn.bool("new_newsletter"));
        simulators.dataverse().changeTracking(true);
        simulators.didomi().knowsPurpose("newsletter");
        secretsManager = AwsStub.start(secret());
        Path integration = Files.createTempFile("integration", ".json");
        integration.toFile().deleteOnExit();
        Files.writeString(integration, INTEGRATION);
        // DynamoDB Local separates tables by access key; they were created with this one.
        variables.putAll(Map.of("AWS_ACCESS_KEY_ID", "test", "AWS_SECRET_ACCESS_KEY", "test"));
        variables.put("BRIDGE_HISTORY_TABLE", EmulatedServices.newHistoryTable());
        variables.putAll(Map.of(
                "AWS_ENDPOINT_URL_SECRETS_MANAGER", secretsManager.url().toString(),
                "DIDOMI_API_URL", simulators.didomi().url().toString(),
                "ENTRA_LOGIN_URL", simulators.entra().url().toString(),
                "BRIDGE_INTEGRATION", integration.toString(),
                "BRIDGE_SECRET_ID", "bridge",
                "BRIDGE_LEDGER_TABLE", EmulatedServices.newTable(),
                "BRIDGE_QUEUE_URL", queue,
                "BRIDGE_DEAD_LETTER_QUEUE_URL", deadLetters,
                "BRIDGE_RECONCILIATION_QUEUE_URL", reconciliations));
    }

    /** The same with another value of one variable. */
    Site with(String variable, String value) {
        variables.put(variable, value);
        return this;
    }

    FunctionProcess start(BridgeFunction function) {
        return start(function, variables);
    }

    static FunctionProcess start(BridgeFunction function, Map<String, String> variables) {
        return FunctionProcess.start(function.packed(ROOT), RUNTIME.toAbsolutePath(), JAVA, variables);
    }

    /** One of the sample requests. */
    static String event(String name) throws IOException {
        return Files.readString(ROOT.resolve("events").resolve(name + ".json"));
    }

    /** A queue event with this message. */
    static String queued(String message) {
        return received(List.of(new Taken(MESSAGE, "AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a", "1", message)));
    }

    /** A queue event with these received messages. */
    static String received(List<Taken> messages) {
        ObjectNode event = MAPPER.createObjectNode();
        ArrayNode records = event.putArray("Records");
        messages.forEach(message -> records.addObject()
                .put("messageId", message.id())
                .put("receiptHandle", message.receipt())
                .put("body", message.body())
                .put("eventSource", "aws:sqs")
                .put("eventSourceARN", "arn:aws:sqs:eu-west-1:123456789012:deliveries")
                .put("awsRegion", "eu-west-1")
                .putObject("attributes")
                .put("ApproximateReceiveCount", message.receives()));
        return event.toString();
    }

    static JsonNode json(String text) throws IOException {
        return MAPPER.readTree(text);
    }

    private String secret() {
        return """
                {"didomi": {"key": "%s", "secret": "%s"},
                 "microsoft-dynamics": {"client_id": "%s", "client_secret": "%s", "tenant_id": "%s", "instance": "%s"},
                 "webhooks": {"dynamics": {"values": ["%s"]},
                              "didomi": {"values": ["%s"], "client_id": "didomi", "client_secrets": ["%s"]}}}""".formatted(
                        simulators.didomi().key(),
                        simulators.didomi().secret(),
                        simulators.entra().clientId(),
                        quoted(simulators.entra().clientSecret()),
                        simulators.entra().tenantId(),
                        simulators.dataverse().url(),
                        DYNAMICS_KEY,
                        KEY,
                        CLIENT_SECRET);
    }

    private static String quoted(String text) {
        return new String(JsonStringEncoder.getInstance().quoteAsUTF8(text), UTF_8);
    }

    @Override
    public void close() {
        simulators.close();
        secretsManager.close();
    }
}
