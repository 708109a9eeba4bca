package io.github.consentbridge.standalone.cli;

import io.github.consentbridge.connectors.http.RemoteSystem;
import io.github.consentbridge.mapping.failure.ExitCode;
import io.github.consentbridge.standalone.operator.OperatorHost;
import io.github.consentbridge.sync.operations.OperationsJson;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "resume",
        description = "Lifts the pause of a system that failed or asked us to wait, so that it is asked again at once."
                + " If it still fails, it is paused again.",
        mixinStandardHelpOptions = true)
final class ResumeCommand extends OperatorCommand {
    @Parameters(
            arity = "0..1",
            paramLabel = "didomi|dataverse",
            description = "the system whose pause is lifted (default: both)")
    private @Nullable RemoteSystem system;

    @Override
    public Integer call() {
        Set<RemoteSystem> systems = system == null ? EnumSet.allOf(RemoteSystem.class) : EnumSet.of(system);
        Map<RemoteSystem, Instant> lifted =
                OperatorHost.of(options).onExistingStores(operations -> operations.resume(systems));
        if (json) {
            out().println(OperationsJson.lifted(lifted));
        } else if (lifted.isEmpty()) {
            out().println(system == null ? "nothing was paused" : system.label() + " was not paused");
        } else {
            lifted.forEach((each, until) ->
                    out().println(each.label() + " was paused until " + until + ": the pause is lifted"));
        }
        return lifted.isEmpty() ? ExitCode.FINDINGS.number() : ExitCode.DONE.number();
    }
}
