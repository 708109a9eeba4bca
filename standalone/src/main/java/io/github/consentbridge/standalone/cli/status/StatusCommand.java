package io.github.consentbridge.standalone.cli.status;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.consentbridge.mapping.failure.ExitCode;
import io.github.consentbridge.standalone.cli.OperatorCommand;
import io.github.consentbridge.standalone.cli.WatchOptions;
import io.github.consentbridge.standalone.operator.OperatorHost;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prints how the bridge is. */
@Command(
        name = "status",
        description = {
            "Shows whether the bridge is up, what waits, and what is wrong, as GET /health does.",
            "Exit code 0: up. 1: degraded or down. 3: no bridge answers."
        },
        mixinStandardHelpOptions = true)
public final class StatusCommand extends OperatorCommand {
    @Mixin
    private WatchOptions watch;

    @Override
    public Integer call() throws InterruptedException {
        OperatorHost host = OperatorHost.of(options);
        return watch.repeat(out(), () -> report(host.health()));
    }

    private int report(JsonNode health) {
        if (json) {
            out().println(health);
        } else {
            new StatusPrinter(out()).print(health);
        }
        boolean up = health.path("status").asText().equals("up");
        return up ? ExitCode.DONE.number() : ExitCode.FINDINGS.number();
    }
}
