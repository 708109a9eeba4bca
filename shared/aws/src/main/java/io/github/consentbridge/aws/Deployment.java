package io.github.consentbridge.aws;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.consentbridge.credentials.Credentials;
import io.github.consentbridge.ledger.ConsentLedger;
import io.github.consentbridge.ledger.Pauses;
import io.github.consentbridge.mapping.ConfigurationException;
import io.github.consentbridge.mapping.Integration;
import io.github.consentbridge.mapping.IntegrationReader;
import io.github.consentbridge.mapping.IntegrationReader.Place;
import io.github.consentbridge.queue.DeadLetters;
import io.github.consentbridge.queue.DeliveryQueue;
import io.github.consentbridge.reconciliation.RunStore;
import io.github.consentbridge.remote.RemoteSettings;
import io.github.consentbridge.sync.Connections;
import io.github.consentbridge.sync.Endpoints;
import io.github.consentbridge.sync.Journal;
import io.github.consentbridge.sync.JsonJournal;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The parts of one deployment, as the environment names them; one object per process. Each part is made when it is first
 * used, and so are the clients behind it: a function pays for what it needs only, and needs no library of another's. Nothing
 * secret is read before it is needed. Safe for use by several threads.
 */
public final class Deployment {
    private static final String INTEGRATION = "BRIDGE_INTEGRATION";
    private static final String LAYER = "/opt/integration.json";

    private final Map<String, String> environment;
    private final PrintStream out;
    private final Clock clock;
    private final AwsClients clients;

    private final Supplier<SqsClient> sqs = new Once<>(() -> clients().sqs());
    private final Supplier<SecretsManagerClient> secretsManager =
            new Once<>(() -> clients().secretsManager());
    private final Supplier<DynamoTable> table = new Once<>(this::newTable);
    private final Supplier<Integration> integration = new Once<>(this::read);
    private final Supplier<Credentials> credentials = new Once<>(this::newCredentials);
    private final Supplier<ConsentLedger> ledger = new Once<>(this::newLedger);
    private final Supplier<Pauses> pauses = new Once<>(this::newPauses);
    private final Supplier<Journal> journal = new Once<>(this::newJournal);
    private final Supplier<Connections> connections = new Once<>(this::newConnections);

    /**
     * The deployment that an environment names.
     *
     * @param out takes the journal
     * @param needed what is going to be used
     * @throws IllegalArgumentException with one sentence that names everything that is needed and missing
     */
    public Deployment(Map<String, String> environment, PrintStream out, Clock clock, Setting... needed) {
        this(Map.copyOf(environment), new AwsClients(Map.copyOf(environment)), out, clock);
        String missing = Stream.concat(Stream.of(Setting.REGION), Stream.of(needed))
                .filter(setting -> setting.in(environment).isEmpty())
                .map(Setting::described)
                .collect(Collectors.joining(", "));
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException("set in the environment: " + missing);
        }
    }

    /** The one that this process is a part of; the journal goes to where Lambda collects the logs. */
    public static Deployment here(Setting... needed) {
        return new Deployment(System.getenv(), System.out, Clock.systemUTC(), needed);
    }

    private Deployment(Map<String, String> environment, AwsClients clients, PrintStream out, Clock clock) {
        this.environment = environment;
        this.clients = clients;
        this.out = out;
        this.clock = clock;
    }

    /**
     * A deployment for trying a webhook function before its process becomes a snapshot: all of the code of this one, but
     * AWS is not asked. The secret holds one made-up key, everything sent is accepted and forgotten, the journal is not
     * printed. Shares nothing with this one.
     *
     * @param key what a webhook's sender has to show
     */
    public Deployment rehearsal(String key) {
        String block = "{\\\"values\\\":[\\\"%s\\\"]}".formatted(key);
        String secret = "{\"SecretString\":\"{\\\"webhooks\\\":{\\\"didomi\\\":%s,\\\"dynamics\\\":%s}}\"}";
        return new Deployment(
                environment,
                AwsClients.answeredWith(secret.formatted(block, block), environment),
                new PrintStream(OutputStream.nullOutputStream(), false, US_ASCII),
                clock);
    }

    private AwsClients clients() {
        return clients;
    }

    private String value(Setting setting) {
        return setting.in(environment)
                .orElseThrow(() -> new IllegalArgumentException("set in the environment: " + setting.described()));
    }

    /** The clock of all parts. */
    public Clock clock() {
        return clock;
    }

    /**
     * The integration document.
     *
     * @throws ConfigurationException with everything that is wrong with it
     * @throws IllegalArgumentException if it is not there
     */
    public Integration integration() {
        return integration.get();
    }

    private Integration read() {
        Path file = Path.of(environment.getOrDefault(INTEGRATION, LAYER));
        try {
            return IntegrationReader.read(Files.readAllBytes(file), Place.FILE);
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException(
                    "there is no integration document " + file + ": name it in " + INTEGRATION, e);
        } catch (IOException e) {
            throw new IllegalArgumentException("the integration document " + file + " cannot be read", e);
        }
    }

    /** The secret in Secrets Manager. */
    public Credentials credentials() {
        return credentials.get();
    }

    private Credentials newCredentials() {
        return new SecretsManagerCredentials(secretsManager, value(Setting.SECRET), clock);
    }

    /** Where accepted deliveries wait. */
    public DeliveryQueue queue() {
        return new SqsQueue(sqs, value(Setting.QUEUE));
    }

    /** Where deliveries wait that could not be applied. */
    public DeadLetters deadLetters() {
        return new SqsDeadLetters(sqs, value(Setting.DEAD_LETTERS));
    }

    /** By which a reconciliation that did not fit into one call goes on. */
    public TextQueue reconciliations() {
        return new TextQueue(sqs, value(Setting.RECONCILIATIONS));
    }

    /** What is known of each person. */
    public ConsentLedger ledger() {
        return ledger.get();
    }

    private ConsentLedger newLedger() {
        return new DynamoLedger(table.get(), clock);
    }

    /** Until when the other systems are left alone. */
    public Pauses pauses() {
        return pauses.get();
    }

    private Pauses newPauses() {
        return new DynamoPauses(table.get(), clock);
    }

    /** What reconciliations remember. */
    public RunStore runs() {
        return new DynamoRunStore(table.get());
    }

    private DynamoTable newTable() {
        return new DynamoTable(clients.dynamo(), value(Setting.LEDGER), time -> Thread.sleep(time.toMillis()));
    }

    /** Lines and metrics; the secret's {@code log_key} is asked for when a person is first told. */
    public Journal journal() {
        return journal.get();
    }

    private Journal newJournal() {
        JsonJournal lines = new JsonJournal(out, () -> credentials().current().logKey(), clock);
        return new EmfJournal(lines, out, clock);
    }

    /** The clients of both systems. */
    public Connections connections() {
        return connections.get();
    }

    private Connections newConnections() {
        return new Connections(integration(), credentials(), endpoints(), RemoteSettings.standard(clock));
    }

    /**
     * Where the other systems are.
     *
     * @throws IllegalArgumentException with one sentence that names the variable
     */
    public Endpoints endpoints() {
        return Endpoints.of(environment);
    }
}
