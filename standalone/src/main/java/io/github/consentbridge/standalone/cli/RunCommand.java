package io.github.consentbridge.standalone.cli;

import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.mapping.failure.ExitCode;
import io.github.consentbridge.standalone.host.BridgeServer;
import io.github.consentbridge.standalone.host.FileCredentials;
import io.github.consentbridge.sync.connections.MappingCheck;
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

@Command(
        name = "run",
        description =
                "Serves the webhooks until it is stopped. After SIGTERM it finishes the work in progress and exits.",
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions options;

    @Option(
            names = "--host",
            defaultValue = "127.0.0.1",
            description =
                    "address to listen on (default: ${DEFAULT-VALUE}); put a proxy that ends TLS in front of any other")
    private String host;

    @Option(
            names = "--port",
            defaultValue = "8080",
            description = "port to listen on; 0 picks a free one (default: ${DEFAULT-VALUE})")
    private int port;

    @Option(
            names = "--behind-proxy",
            description =
                    "behind a proxy: take the sender's address from the last entry of X-Forwarded-For, to check didomi_source_ips")
    private boolean behindProxy;

    @Option(
            names = "--workers",
            defaultValue = "2",
            description = "number of batches applied at the same time (default: ${DEFAULT-VALUE})")
    private int workers;

    @Option(
            names = "--reconcile-every",
            defaultValue = "24h",
            converter = PeriodConverter.class,
            description =
                    "interval of the automatic reconciliation, for example 12h; off for none (default: ${DEFAULT-VALUE})")
    private Duration reconcileEvery;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        if (workers < 1 || workers > 32 || port < 0 || port > 65535) {
            throw new UsageException("--workers must be 1 to 32 and --port 0 to 65535");
        }
        Integration integration = options.integration();
        MappingCheck.refuseByDocument(integration);
        Clock clock = Clock.systemUTC();
        BridgeServer bridge = BridgeServer.start(
                integration,
                outcomeLog -> new FileCredentials(options.secrets, clock, outcomeLog),
                new BridgeServer.Settings(
                        options.data(),
                        host,
                        port,
                        behindProxy,
                        workers,
                        Optional.of(reconcileEvery).filter(every -> !every.equals(PeriodConverter.NEVER)),
                        OperatorHost.endpoints(),
                        System.out),
                clock);
        Termination.run(bridge::close);
        spec.commandLine().getOut().println("listening on http://" + host + ":" + bridge.port());
        new CountDownLatch(1).await();
        return ExitCode.DONE.number();
    }
}
