package io.github.consentbridge.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.aws.dynamo.DynamoDiscards;
import io.github.consentbridge.aws.dynamo.DynamoLedger;
import io.github.consentbridge.aws.dynamo.DynamoPauses;
import io.github.consentbridge.aws.dynamo.DynamoRunStore;
import io.github.consentbridge.aws.dynamo.DynamoTable;
import io.github.consentbridge.aws.sqs.QueuePerSide;
import io.github.consentbridge.aws.sqs.SqsDeadLetters;
import io.github.consentbridge.aws.sqs.SqsDepth;
import io.github.consentbridge.aws.sqs.SqsQueue;
import io.github.consentbridge.aws.sqs.SqsSender;
import io.github.consentbridge.connectors.http.RemoteSettings;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.sync.connections.Connections;
import io.github.consentbridge.sync.connections.Endpoints;
import io.github.consentbridge.sync.credentials.Credentials;
import io.github.consentbridge.sync.ledger.ConsentLedger;
import io.github.consentbridge.sync.ledger.Pauses;
import io.github.consentbridge.sync.logging.JsonOutcomeLog;
import io.github.consentbridge.sync.logging.LogLevel;
import io.github.consentbridge.sync.logging.OutcomeLog;
import io.github.consentbridge.sync.operations.Host;
import io.github.consentbridge.sync.queue.DeadLetters;
import io.github.consentbridge.sync.reconciliation.RunStore;
import io.github.consentbridge.sync.rights.AccessLog;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The parts of one deployment, as the environment names them; one object per process. Each part and its clients are
 * created on first use, so that a function pays only for what it needs and needs no other function's libraries. No
 * secret is read before it is needed. Safe for use by several threads.
 */
public final class Deployment implements Host {
    private final Map<String, String> environment;
    private final PrintStream out;
    private final Clock clock;
    private final LogLevel logLevel;
    private final Supplier<SqsClient> sqs;
    private final Supplier<Integration> integration;
    private final Supplier<Credentials> credentials;
    private final Supplier<DynamoTable> table;
    private final Supplier<ConsentLedger> ledger;
    private final Supplier<Pauses> pauses;
    private final Supplier<AccessLog> accessLog;
    private final Supplier<OutcomeLog> outcomeLog = new Lazy<>(this::newOutcomeLog);
    private final Supplier<Connections> connections = new Lazy<>(this::newConnections);

    /**
     * @param out receives the outcome log
     * @param needed the settings that will be used
     * @throws IllegalArgumentException with one sentence that names all missing settings, or a log level that is none
     */
    public Deployment(Map<String, String> environment, PrintStream out, Clock clock, Setting... needed) {
        this.environment = Map.copyOf(environment);
        this.out = out;
        this.clock = clock;
        Setting.require(this.environment, needed);
        this.logLevel = LogLevel.of(this.environment);
        AwsClients clients = new AwsClients(this.environment);
        this.sqs = new Lazy<>(clients::sqs);
        Supplier<SecretsManagerClient> secrets = new Lazy<>(clients::secretsManager);
        this.integration = new Lazy<>(() -> IntegrationFile.read(this.environment));
        this.credentials = new Lazy<>(
                () -> new SecretsManagerCredentials(secrets, value(Setting.SECRET), clock, this::outcomeLog));
        this.table = new Lazy<>(
                () -> new DynamoTable(clients.dynamo(), value(Setting.LEDGER), time -> Thread.sleep(time.toMillis())));
        this.ledger = new Lazy<>(() -> new DynamoLedger(
                this.table.get(),
                this.table
                        .get()
                        .histories(
                                value(Setting.HISTORY),
                                () -> Duration.ofDays(integration().historyDays())),
                clock));
        this.pauses = new Lazy<>(() -> new DynamoPauses(this.table.get(), clock));
        this.accessLog = new Lazy<>(() -> this.table
                .get()
                .accessLog(
                        value(Setting.HISTORY),
                        () -> AccessLog.kept(integration().historyDays()),
                        clock));
    }

    /** The deployment of this process; the outcome log goes to standard output, which Lambda collects. */
    public static Deployment here(Setting... needed) {
        return new Deployment(System.getenv(), System.out, Clock.systemUTC(), needed);
    }

    private String value(Setting setting) {
        return setting.value(environment);
    }

    @Override
    public Clock clock() {
        return clock;
    }

    /** Throws what {@link IntegrationFile#read} throws. */
    @Override
    public Integration integration() {
        return integration.get();
    }

    @Override
    public Credentials credentials() {
        return credentials.get();
    }

    /** Where no queue for Dynamics is named, one queue has the deliveries of both sides. */
    @Override
    public QueuePerSide queue() {
        return new QueuePerSide(new SqsQueue(sqs, value(Setting.QUEUE)), new SqsQueue(sqs, dynamicsQueueUrl()));
    }

    /** The URL of the queue of deliveries from Dynamics. */
    public String dynamicsQueueUrl() {
        return Setting.DYNAMICS_QUEUE.in(environment).orElseGet(() -> value(Setting.QUEUE));
    }

    @Override
    public DeadLetters deadLetters() {
        return new SqsDeadLetters(sqs, value(Setting.DEAD_LETTERS), new Lazy<>(() -> new DynamoDiscards(table.get())));
    }

    /** The queue that continues a reconciliation that did not end within one invocation. */
    public SqsSender reconciliations() {
        return new SqsSender(sqs, value(Setting.RECONCILIATIONS));
    }

    @Override
    public ConsentLedger ledger() {
        return ledger.get();
    }

    @Override
    public Pauses pauses() {
        return pauses.get();
    }

    @Override
    public AccessLog accessLog() {
        return accessLog.get();
    }

    @Override
    public List<String> otherCopies() {
        return List.of(
                "Deliveries that wait in SQS cannot be searched: each is applied or gone within 14 days",
                "Point-in-time recovery of the DynamoDB tables can bring back each state of the last 35 days, and on-demand"
                        + " backups keep what they had when they were made");
    }

    @Override
    public RunStore runs() {
        return new DynamoRunStore(table.get());
    }

    /** Log lines and metrics; the secret's {@code log_key} is read when a person is first logged. */
    @Override
    public OutcomeLog outcomeLog() {
        return outcomeLog.get();
    }

    private OutcomeLog newOutcomeLog() {
        JsonOutcomeLog lines =
                new JsonOutcomeLog(out, () -> credentials().current().logKey(), clock, logLevel);
        return new EmfOutcomeLog(lines, out, clock, Setting.stack(environment));
    }

    @Override
    public Connections connections() {
        return connections.get();
    }

    private Connections newConnections() {
        return new Connections(integration(), credentials(), endpoints(), RemoteSettings.standard(clock));
    }

    /**
     * How the stack is, in the shape of {@code GET /health}, as far as its stores and its secret tell.
     *
     * @throws io.github.consentbridge.sync.storage.StorageException if they cannot be read
     */
    public ObjectNode health() {
        return new StackHealth(
                        Stream.of(value(Setting.QUEUE), dynamicsQueueUrl())
                                .distinct()
                                .map(url -> new SqsDepth(sqs, url))
                                .toList(),
                        new SqsDepth(sqs, value(Setting.DEAD_LETTERS)),
                        pauses(),
                        runs(),
                        credentials(),
                        clock)
                .json();
    }

    /** Throws an {@link IllegalArgumentException} with one sentence that names the variable. */
    public Endpoints endpoints() {
        return Endpoints.of(environment);
    }
}
