package io.github.consentbridge.standalone.cli;

import io.github.consentbridge.mapping.failure.ExitCode;
import io.github.consentbridge.standalone.operator.OperatorHost;
import io.github.consentbridge.sync.registration.RegistrationReport;
import picocli.CommandLine.Command;

@Command(
        name = "unregister",
        description = "Removes the webhooks that register created in Didomi and Dynamics.",
        mixinStandardHelpOptions = true)
final class UnregisterCommand extends OperatorCommand {
    @Override
    public Integer call() {
        RegistrationReport report =
                RegisterCommand.registration(OperatorHost.of(options)).unregister();
        new RegistrationPrinter(out()).print(report, json);
        return ExitCode.DONE.number();
    }
}
