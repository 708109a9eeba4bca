package io.github.consentbridge.aws;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.aws.sqs.SqsArrivals;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.mapping.json.JsonTree;
import io.github.consentbridge.sync.credentials.Credentials;
import io.github.consentbridge.sync.logging.JsonOutcomeLog;
import io.github.consentbridge.sync.logging.LogLevel;
import io.github.consentbridge.sync.logging.OutcomeLog;
import io.github.consentbridge.sync.queue.DeliveryQueue;
import java.io.OutputStream;
import java.io.PrintStream;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The parts of a webhook function, which needs only the secret and access to the queue, and can be primed. Otherwise as
 * {@link Deployment}. Safe for use by several threads.
 */
public final class WebhookDeployment {
    private final Map<String, String> environment;
    private final PrintStream out;
    private final Clock clock;
    private final Supplier<Integration> integration = new Lazy<>(() -> IntegrationFile.read(environment()));
    private final Supplier<SecretsManagerClient> secretsManager;
    private final Supplier<SqsClient> sqs;
    private final LogLevel logLevel;
    private final Credentials credentials;
    private final Supplier<OutcomeLog> outcomeLog = new Lazy<>(this::newOutcomeLog);

    /**
     * The deployment that an environment names. Reads nothing yet.
     *
     * @param out receives the outcome log
     * @throws IllegalArgumentException with one sentence that names all missing settings, or a log level that is none
     */
    public WebhookDeployment(Map<String, String> environment, PrintStream out, Clock clock) {
        this(environment, new AwsClients(Map.copyOf(environment)), out, clock);
    }

    WebhookDeployment(Map<String, String> environment, AwsClients clients, PrintStream out, Clock clock) {
        Setting.require(environment, Setting.SECRET, Setting.QUEUE);
        this.environment = Map.copyOf(environment);
        this.logLevel = LogLevel.of(environment);
        this.out = out;
        this.clock = clock;
        this.secretsManager = new Lazy<>(clients::secretsManager);
        this.sqs = new Lazy<>(clients::sqs);
        this.credentials = new SecretsManagerCredentials(
                secretsManager, Setting.SECRET.value(environment), clock, this::outcomeLog);
    }

    /** The deployment of this process. */
    public static WebhookDeployment here() {
        return new WebhookDeployment(System.getenv(), System.out, Clock.systemUTC());
    }

    /**
     * Calls the services once and drops the connections, so that a snapshot of the process contains what the first request
     * needs for its own. The calls have no keys, so that the services refuse them, and take a few seconds at most if a
     * service does not answer. The clients for real requests are built, too; they read the role's keys on the first one.
     */
    public void connectOnce() throws GeneralSecurityException {
        requireNonNull(secretsManager.get(), "secretsManager");
        requireNonNull(sqs.get(), "sqs");
        PrimingConnections.open(environment);
    }

    /**
     * A deployment for priming a webhook function before its snapshot is taken. It uses the same code but does not call
     * AWS: the secret contains one made-up key, messages are accepted and discarded, and the outcome log is not
     * printed. It shares nothing with this one.
     *
     * @param side the sender's block of the secret
     * @param key the key that this sender must present
     */
    public WebhookDeployment forPriming(String side, String key) {
        ObjectNode secret = JsonNodeFactory.instance.objectNode();
        secret.putObject("webhooks").putObject(side).putArray("values").add(key);
        AwsClients answered = AwsClients.ofSingleCalls(
                environment,
                StaticCredentialsProvider.create(AwsBasicCredentials.create("priming", "priming")),
                new PrimingAnswers(JsonTree.write(secret)));
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, US_ASCII);
        return new WebhookDeployment(environment, answered, nowhere, clock);
    }

    private Map<String, String> environment() {
        return environment;
    }

    public Clock clock() {
        return clock;
    }

    /** Throws what {@link IntegrationFile#read} throws. */
    public Integration integration() {
        return integration.get();
    }

    public Credentials credentials() {
        return credentials;
    }

    /** The queue for accepted deliveries. */
    public DeliveryQueue queue() {
        return new SqsArrivals(sqs, Setting.QUEUE.value(environment));
    }

    /** Log lines and metrics; the secret's {@code log_key} is read when a person is first logged. */
    public OutcomeLog outcomeLog() {
        return outcomeLog.get();
    }

    private OutcomeLog newOutcomeLog() {
        JsonOutcomeLog lines =
                new JsonOutcomeLog(out, () -> credentials.current().logKey(), clock, logLevel);
        return new EmfOutcomeLog(lines, out, clock, Setting.stack(environment));
    }
}
