package io.github.consentbridge.standalone.cli;

import io.github.consentbridge.mapping.failure.ExitCode;
import io.github.consentbridge.sync.registration.RegistrationReport;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Removes the webhooks. */
@Command(
        name = "unregister",
        description = "Removes the webhooks that register created in Didomi and Dynamics.",
        mixinStandardHelpOptions = true)
final class UnregisterCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions options;

    @Option(names = "--json", description = "print JSON")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        RegistrationReport report =
                RegisterCommand.registration(OperatorHost.of(options)).unregister();
        new RegistrationPrinter(spec.commandLine().getOut()).print(report, json);
        return ExitCode.DONE.number();
    }
}
