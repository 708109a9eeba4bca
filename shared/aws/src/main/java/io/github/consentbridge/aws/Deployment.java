package io.github.consentbridge.aws;

import io.github.consentbridge.aws.dynamo.DynamoLedger;
import io.github.consentbridge.aws.dynamo.DynamoPauses;
import io.github.consentbridge.aws.dynamo.DynamoRunStore;
import io.github.consentbridge.aws.dynamo.DynamoTable;
import io.github.consentbridge.aws.sqs.SqsDeadLetters;
import io.github.consentbridge.aws.sqs.SqsQueue;
import io.github.consentbridge.aws.sqs.TextQueue;
import io.github.consentbridge.connectors.http.RemoteSettings;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.mapping.json.ConfigurationException;
import io.github.consentbridge.sync.connections.Connections;
import io.github.consentbridge.sync.connections.Endpoints;
import io.github.consentbridge.sync.credentials.Credentials;
import io.github.consentbridge.sync.ledger.ConsentLedger;
import io.github.consentbridge.sync.ledger.Pauses;
import io.github.consentbridge.sync.logging.JsonOutcomeLog;
import io.github.consentbridge.sync.logging.OutcomeLog;
import io.github.consentbridge.sync.operations.Host;
import io.github.consentbridge.sync.queue.DeadLetters;
import io.github.consentbridge.sync.reconciliation.RunStore;
import java.io.PrintStream;
import java.time.Clock;
import java.util.Map;
import java.util.function.Supplier;
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
    private final AwsClients clients;

    private final Supplier<SqsClient> sqs = new Lazy<>(() -> clients().sqs());
    private final Supplier<SecretsManagerClient> secretsManager =
            new Lazy<>(() -> clients().secretsManager());
    private final Supplier<DynamoTable> table = new Lazy<>(this::newTable);
    private final Supplier<Integration> integration = new Lazy<>(() -> IntegrationFile.read(environment()));
    private final Supplier<Credentials> credentials = new Lazy<>(this::newCredentials);
    private final Supplier<ConsentLedger> ledger = new Lazy<>(this::newLedger);
    private final Supplier<Pauses> pauses = new Lazy<>(this::newPauses);
    private final Supplier<OutcomeLog> outcomeLog = new Lazy<>(this::newOutcomeLog);
    private final Supplier<Connections> connections = new Lazy<>(this::newConnections);

    /**
     * The deployment that an environment names.
     *
     * @param out receives the outcome log
     * @param needed the settings that will be used
     * @throws IllegalArgumentException with one sentence that names all missing settings
     */
    public Deployment(Map<String, String> environment, PrintStream out, Clock clock, Setting... needed) {
        this.environment = Map.copyOf(environment);
        this.clients = new AwsClients(this.environment);
        this.out = out;
        this.clock = clock;
        Setting.require(this.environment, needed);
    }

    /** The deployment of this process; the outcome log goes to standard output, which Lambda collects. */
    public static Deployment here(Setting... needed) {
        return new Deployment(System.getenv(), System.out, Clock.systemUTC(), needed);
    }

    private Map<String, String> environment() {
        return environment;
    }

    private AwsClients clients() {
        return clients;
    }

    private String value(Setting setting) {
        return setting.value(environment);
    }

    /** The clock of all parts. */
    @Override
    public Clock clock() {
        return clock;
    }

    /**
     * The integration document.
     *
     * @throws ConfigurationException with all of its problems
     * @throws IllegalArgumentException if it does not exist
     */
    @Override
    public Integration integration() {
        return integration.get();
    }

    /** The secret in Secrets Manager. */
    @Override
    public Credentials credentials() {
        return credentials.get();
    }

    private Credentials newCredentials() {
        return new SecretsManagerCredentials(secretsManager, value(Setting.SECRET), clock);
    }

    /** The queue of accepted deliveries. */
    @Override
    public SqsQueue queue() {
        return new SqsQueue(sqs, value(Setting.QUEUE));
    }

    /** The deliveries that could not be applied. */
    @Override
    public DeadLetters deadLetters() {
        return new SqsDeadLetters(sqs, value(Setting.DEAD_LETTERS));
    }

    /** The queue that continues a reconciliation that did not end within one invocation. */
    public TextQueue reconciliations() {
        return new TextQueue(sqs, value(Setting.RECONCILIATIONS));
    }

    /** The consent ledger. */
    @Override
    public ConsentLedger ledger() {
        return ledger.get();
    }

    private ConsentLedger newLedger() {
        return new DynamoLedger(table.get(), clock);
    }

    /** The pauses of the other systems. */
    @Override
    public Pauses pauses() {
        return pauses.get();
    }

    private Pauses newPauses() {
        return new DynamoPauses(table.get(), clock);
    }

    /** The state of reconciliations. */
    @Override
    public RunStore runs() {
        return new DynamoRunStore(table.get());
    }

    private DynamoTable newTable() {
        return new DynamoTable(clients.dynamo(), value(Setting.LEDGER), time -> Thread.sleep(time.toMillis()));
    }

    /** Log lines and metrics; the secret's {@code log_key} is read when a person is first logged. */
    @Override
    public OutcomeLog outcomeLog() {
        return outcomeLog.get();
    }

    private OutcomeLog newOutcomeLog() {
        JsonOutcomeLog lines =
                new JsonOutcomeLog(out, () -> credentials().current().logKey(), clock);
        return new EmfOutcomeLog(lines, out, clock);
    }

    /** The clients for both systems. */
    @Override
    public Connections connections() {
        return connections.get();
    }

    private Connections newConnections() {
        return new Connections(integration(), credentials(), endpoints(), RemoteSettings.standard(clock));
    }

    /**
     * The addresses of the other systems.
     *
     * @throws IllegalArgumentException with one sentence that names the variable
     */
    public Endpoints endpoints() {
        return Endpoints.of(environment);
    }
}
