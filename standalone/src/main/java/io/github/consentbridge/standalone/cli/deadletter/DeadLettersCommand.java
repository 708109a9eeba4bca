package io.github.consentbridge.standalone.cli.deadletter;

import io.github.consentbridge.mapping.failure.ExitCode;
import io.github.consentbridge.standalone.cli.OperatorCommand;
import io.github.consentbridge.standalone.cli.UsageException;
import io.github.consentbridge.standalone.cli.WatchOptions;
import io.github.consentbridge.standalone.operator.OperatorHost;
import io.github.consentbridge.sync.operations.DeadLetterGroup;
import io.github.consentbridge.sync.operations.DeadLetterSummary;
import io.github.consentbridge.sync.operations.OperationsJson;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists dead letters by reason; the subcommands are about one. */
@Command(
        name = "deadletters",
        description = {
            "Lists the deliveries that could not be applied, by reason.",
            "Reasons that differ only in a request, a contact or a count are one."
        },
        mixinStandardHelpOptions = true,
        subcommands = {ShowCommand.class, DiscardCommand.class})
public final class DeadLettersCommand extends OperatorCommand {
    @Mixin
    private DeadLetterOptions selection;

    @Mixin
    private WatchOptions watch;

    @Option(
            names = "--limit",
            defaultValue = "1000",
            description = "maximum number of dead letters (default: ${DEFAULT-VALUE})")
    private int limit;

    @Override
    public Integer call() throws InterruptedException {
        if (limit < 1) {
            throw new UsageException("--limit must be at least 1");
        }
        OperatorHost host = OperatorHost.of(options);
        return watch.repeat(out(), () -> {
            print(host.onExistingStores(operations -> operations.deadLetters(selection.filter(), limit)));
            return ExitCode.DONE.number();
        });
    }

    private void print(List<DeadLetterSummary> letters) {
        if (json) {
            out().println(OperationsJson.deadLetters(letters));
        } else if (letters.isEmpty()) {
            out().println("no dead letters");
        } else {
            DeadLetterPrinter.print(DeadLetterGroup.of(letters), letters.size() == limit, out());
        }
    }
}
