package io.github.consentbridge.standalone.cli;

import io.github.consentbridge.mapping.failure.ExitCode;
import io.github.consentbridge.sync.operations.OperationsJson;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Puts dead letters back into the queue. */
@Command(
        name = "replay",
        description = "Puts dead letters back into the queue. Fix the cause first.",
        mixinStandardHelpOptions = true)
final class ReplayCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions options;

    @Mixin
    private DeadLetterOptions selection;

    @Option(names = "--all", description = "every dead letter")
    private boolean all;

    @Option(names = "--json", description = "print JSON")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (selection.isEmpty() != all) {
            throw new UsageException(
                    "name the dead letters with --id, --key, --reason or --older-than, or give --all alone");
        }
        int replayed = OperatorHost.of(options).onExistingStores(operations -> operations.replay(selection.filter()));
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(OperationsJson.replayed(replayed));
        } else {
            out.println(replayed + (replayed == 1 ? " delivery is" : " deliveries are") + " in the queue again");
        }
        return replayed == 0 ? ExitCode.FINDINGS.number() : ExitCode.DONE.number();
    }
}
