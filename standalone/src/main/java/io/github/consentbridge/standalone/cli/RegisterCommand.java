package io.github.consentbridge.standalone.cli;

import io.github.consentbridge.mapping.failure.ExitCode;
import io.github.consentbridge.standalone.operator.OperatorHost;
import io.github.consentbridge.sync.registration.BridgeUrl;
import io.github.consentbridge.sync.registration.Registration;
import io.github.consentbridge.sync.registration.RegistrationReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "register",
        description =
                "Creates the webhooks in Didomi and Dynamics, or repairs them. Repeat it after a change of the mapping,"
                        + " the address or a secret.",
        mixinStandardHelpOptions = true)
final class RegisterCommand extends OperatorCommand {
    @Option(
            names = "--url",
            paramLabel = "URL",
            required = true,
            description = "the address at which both systems reach this bridge, for example https://bridge.example.org")
    private String url;

    @Override
    public Integer call() {
        RegistrationReport report = registration(OperatorHost.of(options)).register(bridgeUrl());
        new RegistrationPrinter(out()).print(report, json);
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
