package io.github.consentbridge.standalone.host;

import io.github.consentbridge.connectors.http.RemoteSettings;
import io.github.consentbridge.connectors.http.Secret;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.standalone.http.HttpRoutes;
import io.github.consentbridge.standalone.http.RequestReader;
import io.github.consentbridge.standalone.http.WebServer;
import io.github.consentbridge.standalone.store.Store;
import io.github.consentbridge.sync.batch.BatchWorker;
import io.github.consentbridge.sync.connections.Connections;
import io.github.consentbridge.sync.connections.Endpoints;
import io.github.consentbridge.sync.credentials.Credentials;
import io.github.consentbridge.sync.intake.DidomiIntake;
import io.github.consentbridge.sync.intake.DynamicsIntake;
import io.github.consentbridge.sync.logging.JsonOutcomeLog;
import io.github.consentbridge.sync.logging.OutcomeLog;
import io.github.consentbridge.sync.operations.Host;
import io.github.consentbridge.sync.operations.Operations;
import io.github.consentbridge.sync.operations.StoreOperations;
import io.github.consentbridge.sync.worker.SyncWorker;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Stream;

/** The whole bridge in this process: an HTTP server, workers, and the stores of a data folder. */
public final class BridgeServer implements AutoCloseable {
    /** Each thread may wait for the store; their stacks are small. */
    private static final int HTTP_THREADS = 64;

    private static final int CONTROL_THREADS = 2;

    private final Store store;
    private final QueueWorkers workers;
    private final WebServer web;
    private final WebServer control;
    private final Operations operations;
    private final Path folder;
    private final Signal closing = new Signal();
    private final Shutdown shutdown = new Shutdown();
    private final Optional<ReconciliationTimer> timer;

    /**
     * The settings of a bridge.
     *
     * @param port 0 picks one
     * @param behindProxy whether to take senders' addresses from X-Forwarded-For
     * @param workers how many batches are applied at the same time
     * @param reconcileEvery how often it reconciles automatically; empty for never
     * @param out takes the log lines
     */
    public record Settings(
            Path data,
            String host,
            int port,
            boolean behindProxy,
            int workers,
            Optional<Duration> reconcileEvery,
            Endpoints endpoints,
            PrintStream out) {}

    /**
     * Opens the data folder and starts to accept requests.
     *
     * @param secret makes the credentials, which tell this log when the secret cannot be read again
     * @throws io.github.consentbridge.standalone.store.FolderInUseException if another process owns the folder
     * @throws io.github.consentbridge.sync.storage.StorageException if the folder cannot be used
     * @throws io.github.consentbridge.sync.credentials.CredentialsException if the secret is missing or cannot be used
     * @throws io.github.consentbridge.mapping.failure.BridgeException if the address cannot be listened on
     */
    public static BridgeServer start(
            Integration integration, Function<OutcomeLog, Credentials> secret, Settings settings, Clock clock) {
        // Each needs the other: the log hashes people with the secret's key.
        AtomicReference<Credentials> made = new AtomicReference<>();
        JsonOutcomeLog outcomeLog =
                new JsonOutcomeLog(settings.out(), () -> made.get().current().logKey(), clock);
        Credentials credentials = secret.apply(outcomeLog);
        made.set(credentials);
        credentials.current();
        Store store = Store.open(settings.data(), clock);
        try {
            outcomeLog.chooseKey();
            return new BridgeServer(integration, credentials, outcomeLog, settings, store, clock);
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }

    private BridgeServer(
            Integration integration,
            Credentials credentials,
            JsonOutcomeLog outcomeLog,
            Settings settings,
            Store store,
            Clock clock) {
        this.store = store;
        folder = settings.data();
        Connections connections =
                new Connections(integration, credentials, settings.endpoints(), RemoteSettings.standard(clock));
        SyncWorker worker = new SyncWorker(integration, connections, store.ledger(), store.pauses(), outcomeLog, clock);
        BatchWorker batches =
                new BatchWorker(worker, store.queue(), store.queue(), store.deadLetters(), outcomeLog, clock);
        workers = new QueueWorkers(store.queue(), batches, store.pauses(), outcomeLog, clock, shutdown);
        Health health = new Health(store, clock);
        HttpRoutes routes = new HttpRoutes(
                new RequestReader(settings.behindProxy()),
                DidomiIntake.endpoint(integration, credentials, store.queue(), outcomeLog, clock),
                DynamicsIntake.endpoint(integration, credentials, store.queue(), outcomeLog, clock),
                health::answer);
        web = WebServer.start(settings.host(), settings.port(), HTTP_THREADS, routes);
        Secret key = ControlFile.newKey();
        Host host = new DataFolderHost(integration, credentials, connections, store, outcomeLog, clock);
        operations = new StoreOperations(host, closing::pause, shutdown);
        control = WebServer.start(
                "127.0.0.1",
                0,
                CONTROL_THREADS,
                new HealthControl(key, health::answer, new Control(operations, key, outcomeLog)));
        new ControlFile(control.port(), key).write(folder);
        workers.start(settings.workers());
        timer = settings.reconcileEvery().map(every -> new ReconciliationTimer(host, every, shutdown, closing));
        timer.ifPresent(ReconciliationTimer::start);
    }

    /** The port on which webhooks are accepted. */
    public int port() {
        return web.port();
    }

    /** An address of it on this machine. */
    public URI url(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    public Operations operations() {
        return operations;
    }

    /** Whether the queue is empty and no delivery is being applied. */
    public boolean isIdle() {
        var depth = store.queue().depth();
        return depth.depth() == 0 && depth.inHand() == 0;
    }

    /** Stops accepting, finishes or gives back the work in progress, and frees the folder, all within 20 seconds. */
    @Override
    public void close() {
        shutdown.begin();
        closing.close();
        List<Thread> ends = Stream.<Runnable>of(
                        web::close, control::close, workers::close, () -> timer.ifPresent(ReconciliationTimer::close))
                .map(BridgeServer::start)
                .toList();
        ends.forEach(shutdown::join);
        ControlFile.delete(folder);
        store.close();
    }

    private static Thread start(Runnable end) {
        Thread thread = new Thread(end, "close");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
