package io.github.consentbridge.standalone.cli;

import io.github.consentbridge.mapping.failure.ExitCode;
import io.github.consentbridge.sync.registration.BridgeUrl;
import io.github.consentbridge.sync.registration.Registration;
import io.github.consentbridge.sync.registration.RegistrationReport;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Creates and repairs the webhooks. */
@Command(
        name = "register",
        description =
                "Creates the webhooks in Didomi and Dynamics, or repairs them. Repeat it after a change of the mapping,"
                        + " the address or a secret.",
        mixinStandardHelpOptions = true)
final class RegisterCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions options;

    @Option(
            names = "--url",
            paramLabel = "URL",
            required = true,
            description = "the address at which both systems reach this bridge, for example https://bridge.example.org")
    private String url;

    @Option(names = "--json", description = "print JSON")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        RegistrationReport report = registration(OperatorHost.of(options)).register(bridgeUrl());
        new RegistrationPrinter(spec.commandLine().getOut()).print(report, json);
        return ExitCode.DONE.number();
    }

    static Registration registration(OperatorHost host) {
        return new Registration(host.integration(), host.credentials(), host.connections());
    }

    private BridgeUrl bridgeUrl() {
        try {
            return BridgeUrl.parse("--url", url);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()), e);
        }
    }
}
