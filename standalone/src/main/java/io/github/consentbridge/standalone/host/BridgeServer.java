package io.github.consentbridge.standalone.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.connectors.http.RemoteSettings;
import io.github.consentbridge.connectors.http.Secret;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.standalone.activity.ActivityCounts;
import io.github.consentbridge.standalone.http.HttpLimits;
import io.github.consentbridge.standalone.http.HttpRoutes;
import io.github.consentbridge.standalone.http.WebServer;
import io.github.consentbridge.standalone.metrics.MetricsSettings;
import io.github.consentbridge.standalone.store.Store;
import io.github.consentbridge.sync.batch.BatchWorker;
import io.github.consentbridge.sync.connections.Connections;
import io.github.consentbridge.sync.connections.Endpoints;
import io.github.consentbridge.sync.credentials.Credentials;
import io.github.consentbridge.sync.intake.DidomiIntake;
import io.github.consentbridge.sync.intake.DynamicsIntake;
import io.github.consentbridge.sync.intake.Proxies;
import io.github.consentbridge.sync.logging.JsonOutcomeLog;
import io.github.consentbridge.sync.logging.LogLevel;
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
    private final Store store;
    private final QueueWorkers workers;
    private final WebServer web;
    private final WebServer control;
    private final Optional<WebServer> metrics;
    private final Operations operations;
    private final Path folder;
    private final Signal closing = new Signal();
    private final Shutdown shutdown = new Shutdown();
    private final Optional<ReconciliationTimer> timer;
    private final Cleanup cleanup;
    private final Health health;
    private final ActivityCounts activity;

    /**
     * The settings of a bridge.
     *
     * @param port 0 picks one
     * @param proxies whether senders' addresses are in X-Forwarded-For
     * @param workers how many batches are applied at the same time
     * @param reconcileEvery how often it reconciles automatically; empty for never
     * @param out takes the log lines
     * @param minLevel the lowest level of lines that are printed
     * @param metrics how the metrics are published
     */
    public record Settings(
            Path data,
            String host,
            int port,
            Proxies proxies,
            int workers,
            Optional<Duration> reconcileEvery,
            Endpoints endpoints,
            PrintStream out,
            LogLevel minLevel,
            MetricsSettings metrics) {
        /** With all log lines, and the metrics beside the webhooks. */
        public Settings(
                Path data,
                String host,
                int port,
                Proxies proxies,
                int workers,
                Optional<Duration> reconcileEvery,
                Endpoints endpoints,
                PrintStream out) {
            this(
                    data,
                    host,
                    port,
                    proxies,
                    workers,
                    reconcileEvery,
                    endpoints,
                    out,
                    LogLevel.INFO,
                    MetricsSettings.standard());
        }
    }

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
        JsonOutcomeLog lines =
                new JsonOutcomeLog(settings.out(), () -> made.get().current().logKey(), clock, settings.minLevel());
        Instruments instruments = new Instruments(lines, settings.metrics(), clock);
        Credentials credentials = secret.apply(instruments.outcomeLog());
        made.set(credentials);
        credentials.current();
        Opened opened = new Opened();
        try {
            Store store = Store.open(settings.data(), clock);
            opened.add(store, store::close);
            lines.chooseKey();
            return new BridgeServer(integration, credentials, instruments, settings, store, clock, opened);
        } catch (RuntimeException e) {
            opened.closeAfter(e);
            throw e;
        }
    }

    private BridgeServer(
            Integration integration,
            Credentials credentials,
            Instruments instruments,
            Settings settings,
            Store store,
            Clock clock,
            Opened opened) {
        this.store = store;
        Vitals vitals = instruments.vitals();
        OutcomeLog outcomeLog = instruments.outcomeLog();
        folder = settings.data();
        Connections connections =
                new Connections(integration, credentials, settings.endpoints(), RemoteSettings.standard(clock));
        SyncWorker worker = new SyncWorker(integration, connections, store.ledger(), store.pauses(), outcomeLog, clock);
        BatchWorker batches =
                new BatchWorker(worker, store.queue(), store.queue(), store.deadLetters(), outcomeLog, clock);
        workers = new QueueWorkers(store.queue(), batches, worker, vitals, store.pauses(), outcomeLog, clock, shutdown);
        Health health = new Health(
                new HealthFacts(store, credentials, vitals, worker::refusal, settings.reconcileEvery(), clock), clock);
        HttpRoutes routes = new HttpRoutes(
                DidomiIntake.endpoint(integration, credentials, store.queue(), outcomeLog, clock),
                DynamicsIntake.endpoint(integration, credentials, store.queue(), outcomeLog, clock),
                instruments.pages(health::answer),
                outcomeLog);
        instruments.watch(() -> health.report().body(), settings.reconcileEvery(), clock);
        web = WebServer.start(settings.host(), settings.port(), HttpLimits.standard(), settings.proxies(), routes);
        opened.add(web, web::close);
        metrics = instruments.startServer();
        metrics.ifPresent(server -> opened.add(server, server::close));
        this.health = health;
        activity = instruments.activity();
        Secret key = ControlFile.newKey();
        Host host = new DataFolderHost(integration, credentials, connections, store, outcomeLog, clock);
        operations = new StoreOperations(host, closing::pause, shutdown);
        control = WebServer.start(
                "127.0.0.1",
                0,
                HttpLimits.standard(),
                Proxies.none(),
                new Control(operations, key, health::answer, activity::json, outcomeLog));
        opened.add(control, control::close);
        new ControlFile(control.port(), key).write(folder);
        opened.add(folder, () -> ControlFile.delete(folder));
        opened.add(workers, this::stopWorkers);
        cleanup = new Cleanup(store, integration, outcomeLog, clock);
        workers.start(settings.workers());
        timer = settings.reconcileEvery().map(every -> new ReconciliationTimer(host, every, shutdown, closing));
        timer.ifPresent(ReconciliationTimer::start);
        cleanup.start();
        new ActivitySampler(activity, () -> health.report().body(), closing).start();
    }

    private void stopWorkers() {
        shutdown.begin();
        closing.close();
        workers.close();
    }

    /** The port on which webhooks are accepted. */
    public int port() {
        return web.port();
    }

    /** The port on which the metrics are served; empty unless they have an address of their own. */
    public Optional<Integer> metricsPort() {
        return metrics.map(WebServer::port);
    }

    /** An address of it on this machine. */
    public URI url(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    public Operations operations() {
        return operations;
    }

    /** What {@code GET /health} answers. */
    public JsonNode health() {
        return health.report().body();
    }

    /**
     * What was counted in the last minutes, as the console shows it.
     *
     * @param minutes at most 1440
     */
    public ObjectNode activity(int minutes) {
        return activity.json(minutes);
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
                        web::close,
                        control::close,
                        workers::close,
                        () -> metrics.ifPresent(WebServer::close),
                        cleanup::close,
                        () -> timer.ifPresent(ReconciliationTimer::close))
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
