package io.github.consentbridge.standalone.cli;

import io.github.consentbridge.sync.registration.BridgeUrl;
import io.github.consentbridge.sync.registration.RegistrationReport;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes both systems call this bridge. */
@Command(
        name = "register",
        description = "Creates the webhooks in Didomi and Dynamics, or sets them right. Repeat it after a change of the"
                + " mapping, the address or a secret.",
        mixinStandardHelpOptions = true)
final class RegisterCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions places;

    @Option(
            names = "--url",
            paramLabel = "URL",
            required = true,
            description = "where both systems reach this bridge, such as https://bridge.example.org")
    private String url;

    @Option(names = "--json", description = "print JSON")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        RegistrationReport report = RegistrationOptions.registration(places).register(bridgeUrl());
        new RegistrationPrinter(spec.commandLine().getOut()).print(report, json);
        return Bridge.DONE;
    }

    private BridgeUrl bridgeUrl() {
        try {
            return BridgeUrl.parse("--url", url);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()), e);
        }
    }
}
