package io.github.consentbridge.aws.direct;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.aws.AwsEndpoint;
import io.github.consentbridge.aws.Deployment;
import io.github.consentbridge.aws.EmfOutcomeLog;
import io.github.consentbridge.aws.IntegrationFile;
import io.github.consentbridge.aws.Lazy;
import io.github.consentbridge.aws.Setting;
import io.github.consentbridge.aws.direct.AwsCalls.Address;
import io.github.consentbridge.connectors.http.ServiceUrl;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.mapping.json.JsonTree;
import io.github.consentbridge.sync.credentials.Credentials;
import io.github.consentbridge.sync.logging.JsonOutcomeLog;
import io.github.consentbridge.sync.logging.LogLevel;
import io.github.consentbridge.sync.logging.OutcomeLog;
import io.github.consentbridge.sync.queue.DeliveryQueue;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a webhook function, which needs only the secret and access to the queue. They are called without the
 * SDK, which is not in the function's jar, because its sender waits for the start. Otherwise as {@link Deployment}.
 * Safe for use by several threads.
 */
public final class WebhookDeployment {
    private final Map<String, String> environment;
    private final PrintStream out;
    private final Clock clock;
    private final Supplier<Integration> integration = new Lazy<>(() -> IntegrationFile.read(environment()));
    private final AwsService secretsManager;
    private final AwsService sqs;
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
        Setting.require(environment, Setting.SECRET, Setting.QUEUE);
        this.environment = Map.copyOf(environment);
        this.logLevel = LogLevel.of(environment);
        this.out = out;
        this.clock = clock;
        RoleKeySource keys = new RoleKeySource(this.environment, clock);
        this.secretsManager = calls(secretsManagerAddress(), keys);
        this.sqs = calls(sqsAddress(), keys);
        this.credentials = newCredentials();
    }

    private WebhookDeployment(Map<String, String> environment, AwsService answered, PrintStream out, Clock clock) {
        this.environment = environment;
        this.logLevel = LogLevel.INFO;
        this.out = out;
        this.clock = clock;
        this.secretsManager = answered;
        this.sqs = answered;
        this.credentials = newCredentials();
    }

    /** The deployment of this process. */
    public static WebhookDeployment here() {
        return new WebhookDeployment(System.getenv(), System.out, Clock.systemUTC());
    }

    /**
     * Connects to the services once and drops the connections, so that a snapshot of the process contains what the first
     * request needs for its own. Asks for nothing, uses no keys, and takes a few seconds at most if a service does not answer.
     */
    public void connectOnce() {
        Stream.of(secretsManagerAddress(), sqsAddress()).map(Address::url).forEach(PrimingConnection::open);
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
        ObjectNode answer = JsonNodeFactory.instance
                .objectNode()
                .put("SecretString", JsonTree.write(secret))
                .put("MessageId", "priming");
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, US_ASCII);
        return new WebhookDeployment(environment, new PrimingCalls(answer), nowhere, clock);
    }

    private Map<String, String> environment() {
        return environment;
    }

    private Credentials newCredentials() {
        return new DirectCredentials(secretsManager, Setting.SECRET.value(environment), clock, this::outcomeLog);
    }

    private AwsCalls calls(Address service, RoleKeySource keys) {
        return new AwsCalls(service, keys, clock, time -> Thread.sleep(time.toMillis()));
    }

    private Address secretsManagerAddress() {
        String region = Setting.REGION.value(environment);
        String domain = region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
        URI standard = URI.create("https://secretsmanager." + region + "." + domain);
        return service("secretsmanager", "SECRETS_MANAGER", standard, "application/x-amz-json-1.1");
    }

    /** The queue's URL names its host. */
    private Address sqsAddress() {
        ServiceUrl queueUrl = ServiceUrl.parse("BRIDGE_QUEUE_URL", Setting.QUEUE.value(environment));
        return service("sqs", "SQS", URI.create(queueUrl.origin()), "application/x-amz-json-1.0");
    }

    private Address service(String name, String variable, URI standard, String type) {
        @Nullable ServiceUrl given = AwsEndpoint.given(environment, variable);
        URI url = given == null ? standard : given.uri();
        return new Address(name, Setting.REGION.value(environment), URI.create(url + "/"), type);
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
        return new DirectQueue(sqs, Setting.QUEUE.value(environment));
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
