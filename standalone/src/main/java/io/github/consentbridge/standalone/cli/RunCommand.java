package io.github.consentbridge.standalone.cli;

import io.github.consentbridge.mapping.document.AddressRange;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.mapping.failure.ExitCode;
import io.github.consentbridge.standalone.host.BridgeServer;
import io.github.consentbridge.standalone.host.FatalErrors;
import io.github.consentbridge.standalone.host.FileCredentials;
import io.github.consentbridge.standalone.host.StartChecks;
import io.github.consentbridge.standalone.metrics.MetricsSettings;
import io.github.consentbridge.standalone.operator.OperatorHost;
import io.github.consentbridge.sync.connections.Endpoints;
import io.github.consentbridge.sync.connections.MappingCheck;
import io.github.consentbridge.sync.credentials.SecretNeeds;
import io.github.consentbridge.sync.intake.Proxies;
import io.github.consentbridge.sync.logging.LogLevel;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
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
                    "behind a proxy: take the sender's address from X-Forwarded-For, its last entry that is not a trusted proxy")
    private boolean behindProxy;

    @Option(
            names = "--trusted-proxy",
            paramLabel = "CIDR",
            split = ",",
            converter = AddressRangeConverter.class,
            description =
                    "with --behind-proxy: addresses or ranges of your proxies, where several stand one behind another; can be repeated")
    private List<AddressRange> trustedProxies = List.of();

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

    @Option(
            names = "--metrics-address",
            paramLabel = "HOST:PORT",
            defaultValue = "",
            description =
                    "answer GET /metrics at this address only, for example 127.0.0.1:9464; off for not at all (default: with the webhooks)")
    private String metricsAddress;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        StartChecks checks = new StartChecks();
        checks.require(workers >= 1 && workers <= 32, "--workers must be 1 to 32");
        checks.require(port >= 0 && port <= 65535, "--port must be 0 to 65535");
        checks.require(
                behindProxy || trustedProxies.isEmpty(),
                "--trusted-proxy has no effect without --behind-proxy: add that, or leave it out");
        Optional<Endpoints> endpoints = checks.read(OperatorHost::endpoints);
        Optional<LogLevel> level = checks.setting(() -> LogLevel.of(System.getenv()));
        Optional<MetricsSettings> metrics = checks.setting(() -> MetricsSettings.of(metricsAddress, System.getenv()));
        Optional<Integration> document = checks.documents(options::integration, options.config, options.secrets);
        document.ifPresent(integration -> checks.read(() -> {
            MappingCheck.refuseByDocument(integration);
            return integration;
        }));
        checks.end();

        BridgeServer bridge =
                start(document.orElseThrow(), endpoints.orElseThrow(), level.orElseThrow(), metrics.orElseThrow());
        Termination.run(bridge::close);
        bridge.metricsPort().ifPresent(this::sayWhereMetricsAre);
        spec.commandLine().getOut().println("listening on http://" + host + ":" + bridge.port());
        new CountDownLatch(1).await();
        return ExitCode.DONE.number();
    }

    private void sayWhereMetricsAre(int metricsPort) {
        String metricsHost = metricsAddress.substring(0, metricsAddress.lastIndexOf(':'));
        spec.commandLine().getOut().println("metrics at http://" + metricsHost + ":" + metricsPort + "/metrics");
    }

    private BridgeServer start(Integration integration, Endpoints endpoints, LogLevel level, MetricsSettings metrics) {
        Clock clock = Clock.systemUTC();
        FatalErrors.endTheProcess(System.out, clock);
        SecretNeeds needs = SecretNeeds.of(integration);
        return BridgeServer.start(
                integration,
                outcomeLog -> FileCredentials.complete(options.secrets, clock, outcomeLog, needs),
                new BridgeServer.Settings(
                        options.data(),
                        host,
                        port,
                        behindProxy ? Proxies.inFront(trustedProxies) : Proxies.none(),
                        workers,
                        Optional.of(reconcileEvery).filter(every -> !every.equals(PeriodConverter.NEVER)),
                        endpoints,
                        System.out,
                        level,
                        metrics),
                clock);
    }
}
