package io.github.consentbridge.standalone.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Puts dead letters back. */
@Command(
        name = "replay",
        description = "Puts dead letters back into the queue, once their cause is repaired.",
        mixinStandardHelpOptions = true)
final class ReplayCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions places;

    @Mixin
    private Selection selection;

    @Option(names = "--all", description = "all of them")
    private boolean all;

    @Option(names = "--json", description = "print JSON")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (selection.isEmpty() != all) {
            throw new UsageException("say which: --id, --key, --reason, --older-than, or --all alone");
        }
        int replayed = Stores.with(places, operations -> operations.replay(selection.filter()));
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(JsonNodeFactory.instance.objectNode().put("replayed", replayed));
        } else {
            out.println(replayed + (replayed == 1 ? " delivery is" : " deliveries are") + " in the queue again");
        }
        return replayed == 0 ? Bridge.FAILED_CHECK : Bridge.DONE;
    }
}
