package io.github.consentbridge.deployment.alarm;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.aws.EmulatedServices;
import io.github.consentbridge.aws.Emulators;
import io.github.consentbridge.aws.ScriptedAws;
import io.github.consentbridge.aws.ScriptedAws.Answer;
import io.github.consentbridge.aws.dynamo.DynamoRunStore;
import io.github.consentbridge.aws.sqs.SqsDepth;
import io.github.consentbridge.deployment.Template;
import io.github.consentbridge.simulators.Simulators;
import io.github.consentbridge.simulators.dataverse.column.SimulatedColumn;
import io.github.consentbridge.simulators.http.ManualClock;
import io.github.consentbridge.sync.reconciliation.RunStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * The stores and the environment of a stack: the template's queues in an SQS inside this process, both systems simulated. What
 * the functions print, and what AWS would measure, is collected.
 */
final class DrivenStack implements AutoCloseable {
    static final String NAME = "acme-bridge";
    static final String KEY = "key-of-didomis-webhook-0123456789";
    static final String OTHER_KEY = "key-of-dynamicss-webhook-0123456789";

    private static final String INTEGRATION = """
            {"type_id": "microsoft-dynamics",
             "properties": {"organization_id": "acme", "contact_key": "new_didomiid", "bidirectional": true},
             "mappings": [{"id": "new_newsletter", "value": {"purpose": "newsletter"}}]}""";

    final ManualClock clock = new ManualClock("2026-03-01T08:00:00Z");
    final Simulators simulators = Simulators.start(clock);
    final MetricSamples samples = new MetricSamples();
    final Template template = Template.read();

    /** Whether the secret can be read, and whether the queues take messages from the webhooks. */
    boolean secretReadable = true;

    boolean queuesTake = true;

    private final ScriptedAws aws = new ScriptedAws((action, request) -> answer(action, request));
    private final Map<String, String> queues = new HashMap<>();
    private final String table = Emulators.newTable();
    private final Path integration = integrationFile();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    final PrintStream out = new PrintStream(printed, true, UTF_8);

    DrivenStack() {
        this(true);
    }

    /** @param mapped whether Dataverse has the mapped column; without it the worker refuses to work */
    DrivenStack(boolean mapped) {
        simulators.dataverse().column(SimulatedColumn.text("new_didomiid", 100));
        if (mapped) {
            simulators.dataverse().column(SimulatedColumn.bool("new_newsletter"));
        }
        simulators.dataverse().changeTracking(true);
        simulators.didomi().knowsPurpose("newsletter");
        template.all("AWS::SQS::Queue").keySet().forEach(name -> queues.put(name, newQueue()));
        template.all("AWS::SQS::Queue").forEach((name, queue) -> {
            if (queue.has("RedrivePolicy")) {
                redrive(
                        queues.get(name),
                        queues.get(Template.referred(queue.at("/RedrivePolicy/deadLetterTargetArn"))),
                        queue.at("/RedrivePolicy/maxReceiveCount").intValue());
            }
        });
    }

    private static Path integrationFile() {
        try {
            Path file = Files.createTempFile("integration", ".json");
            file.toFile().deleteOnExit();
            return Files.writeString(file, INTEGRATION);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What was received can be received again at once. */
    private static String newQueue() {
        String url = Emulators.newQueue();
        Emulators.sqs()
                .setQueueAttributes(request ->
                        request.queueUrl(url).attributes(Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "0")));
        return url;
    }

    private static void redrive(String queueUrl, String deadLettersUrl, int receives) {
        String arn = Emulators.sqs()
                .getQueueAttributes(
                        request -> request.queueUrl(deadLettersUrl).attributeNames(QueueAttributeName.QUEUE_ARN))
                .attributes()
                .get(QueueAttributeName.QUEUE_ARN);
        String policy = JsonNodeFactory.instance
                .objectNode()
                .put("deadLetterTargetArn", arn)
                .put("maxReceiveCount", Integer.toString(receives))
                .toString();
        Emulators.sqs()
                .setQueueAttributes(request ->
                        request.queueUrl(queueUrl).attributes(Map.of(QueueAttributeName.REDRIVE_POLICY, policy)));
    }

    /** Secrets Manager's, or SQS's to the webhooks, whose messages go on to the emulated queue. */
    private Answer answer(String action, String request) {
        if (action.equals("GetSecretValue")) {
            return secretReadable
                    ? new Answer(
                            200,
                            JsonNodeFactory.instance
                                    .objectNode()
                                    .put("SecretString", secret())
                                    .toString())
                    : Answer.error(403, "AccessDeniedException");
        }
        if (!queuesTake) {
            return Answer.error(403, "AccessDenied");
        }
        ObjectNode message = Messages.json(request);
        Emulators.sqs()
                .sendMessage(sent -> sent.queueUrl(message.path("QueueUrl").asText())
                        .messageBody(message.path("MessageBody").asText()));
        return ScriptedAws.stored(request);
    }

    private String secret() {
        ObjectNode secret = JsonNodeFactory.instance.objectNode();
        secret.putObject("didomi")
                .put("key", simulators.didomi().key())
                .put("secret", simulators.didomi().secret());
        secret.putObject("microsoft-dynamics")
                .put("client_id", simulators.entra().clientId())
                .put("client_secret", simulators.entra().clientSecret())
                .put("tenant_id", simulators.entra().tenantId())
                .put("instance", simulators.dataverse().url().toString());
        ObjectNode webhooks = secret.putObject("webhooks");
        webhooks.putObject("didomi").putArray("values").add(KEY);
        webhooks.putObject("dynamics").putArray("values").add(OTHER_KEY);
        return secret.toString();
    }

    String queue(String logicalName) {
        return queues.get(logicalName);
    }

    /** A function's environment as the template writes it, on this stack. */
    Map<String, String> environment(String function) {
        Map<String, String> environment = new HashMap<>(EmulatedServices.environment());
        environment.put("AWS_ENDPOINT_URL_SECRETS_MANAGER", aws.url());
        environment.put("AWS_REGION", "eu-west-1");
        environment.put("AWS_ACCESS_KEY_ID", "test");
        environment.put("AWS_SECRET_ACCESS_KEY", "test");
        environment.put("DIDOMI_API_URL", simulators.didomi().url().toString());
        environment.put("ENTRA_LOGIN_URL", simulators.entra().url().toString());
        environment.put("BRIDGE_INTEGRATION", integration.toString());
        template.environment(template.functions().get(function)).forEach((name, value) -> {
            if (name.endsWith("QUEUE_URL")) {
                environment.put(name, queues.get(Template.referred(value)));
            }
        });
        environment.put("BRIDGE_LEDGER_TABLE", table);
        environment.put("BRIDGE_HISTORY_TABLE", Emulators.newHistoryTable());
        environment.put("BRIDGE_SECRET_ID", "bridge");
        environment.put("BRIDGE_STACK", NAME);
        return environment;
    }

    /** For a webhook function: without the SDK, and so that its sends can be refused. */
    Map<String, String> webhookEnvironment(String function) {
        Map<String, String> environment = environment(function);
        environment.put("AWS_ENDPOINT_URL_SQS", aws.url());
        return environment;
    }

    /** What the reconciliations remember. */
    RunStore runs() {
        return new DynamoRunStore(Emulators.table(table));
    }

    /** A person known to both systems; returns the contact's id. */
    UUID person(String key) {
        UUID contact = simulators.dataverse().addContact(Map.of("new_didomiid", key));
        simulators.didomi().choose(key, Map.of("newsletter", true));
        return contact;
    }

    /** What AWS does each minute: it measures the queues. */
    void measureQueues() {
        queues.forEach((name, url) -> samples.add(
                MetricName.of("AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName", name),
                clock.instant(),
                (double) depth(name)));
    }

    long depth(String queue) {
        return counts(queue).waiting();
    }

    SqsDepth.Counts counts(String queue) {
        return new SqsDepth(Emulators::sqs, queue(queue)).read();
    }

    /** Whether the alarm rings now. */
    boolean rings(String alarm) {
        samples.addPrinted(printed.toString(UTF_8));
        printed.reset();
        return new AlarmRule(template, alarm, samples, clock.instant()).rings();
    }

    @Override
    public void close() {
        simulators.close();
        aws.close();
    }
}
