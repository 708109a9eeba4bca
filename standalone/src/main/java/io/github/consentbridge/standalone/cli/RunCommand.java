package io.github.consentbridge.standalone.cli;

import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.standalone.host.BridgeServer;
import io.github.consentbridge.standalone.host.FileCredentials;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Serves the webhooks until it is stopped. */
@Command(
        name = "run",
        description = "Serves the webhooks until it is stopped. SIGTERM finishes what is in hand.",
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions places;

    @Option(
            names = "--host",
            defaultValue = "127.0.0.1",
            description = "address to listen on (${DEFAULT-VALUE}); put TLS in front of any other")
    private String host;

    @Option(names = "--port", defaultValue = "8080", description = "0 picks one (${DEFAULT-VALUE})")
    private int port;

    @Option(
            names = "--behind-proxy",
            description = "take senders' addresses from the last entry of X-Forwarded-For, for didomi_source_ips")
    private boolean behindProxy;

    @Option(names = "--workers", defaultValue = "2", description = "batches applied at once (${DEFAULT-VALUE})")
    private int workers;

    @Option(
            names = "--reconcile-every",
            defaultValue = "24h",
            converter = Period.class,
            description = "how often to reconcile without being asked, such as 12h; off for never (${DEFAULT-VALUE})")
    private Duration reconcileEvery;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        if (workers < 1 || workers > 32 || port < 0 || port > 65535) {
            throw new UsageException("--workers must be 1 to 32 and --port 0 to 65535");
        }
        Integration integration = places.integration();
        Clock clock = Clock.systemUTC();
        BridgeServer bridge = BridgeServer.start(
                integration,
                new FileCredentials(places.secrets, clock),
                new BridgeServer.Settings(
                        places.data(),
                        host,
                        port,
                        behindProxy,
                        workers,
                        Optional.of(reconcileEvery).filter(every -> !every.equals(Period.NEVER)),
                        Environment.endpoints(),
                        System.out),
                clock);
        Stop.onTermination(bridge::close);
        spec.commandLine().getOut().println("listening on http://" + host + ":" + bridge.port());
        new CountDownLatch(1).await();
        return Bridge.DONE;
    }
}
