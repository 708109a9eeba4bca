package io.github.consentbridge.standalone.cli.deadletter;

import io.github.consentbridge.mapping.failure.ExitCode;
import io.github.consentbridge.standalone.cli.OperatorCommand;
import io.github.consentbridge.standalone.cli.UsageException;
import io.github.consentbridge.standalone.operator.OperatorHost;
import io.github.consentbridge.sync.operations.OperationsJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Puts dead letters back into the queue. */
@Command(
        name = "replay",
        description = "Puts dead letters back into the queue. Fix the cause first.",
        mixinStandardHelpOptions = true)
public final class ReplayCommand extends OperatorCommand {
    @Mixin
    private DeadLetterOptions selection;

    @Option(names = "--all", description = "every dead letter")
    private boolean all;

    @Override
    public Integer call() {
        if (selection.isEmpty() != all) {
            throw new UsageException(
                    "name the dead letters with --id, --key, --reason or --older-than, or give --all alone");
        }
        int replayed = OperatorHost.of(options).onExistingStores(operations -> operations.replay(selection.filter()));
        if (json) {
            out().println(OperationsJson.replayed(replayed));
        } else {
            out().println(replayed + (replayed == 1 ? " delivery is" : " deliveries are") + " in the queue again");
        }
        return replayed == 0 ? ExitCode.FINDINGS.number() : ExitCode.DONE.number();
    }
}
