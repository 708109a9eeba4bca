package io.github.consentbridge.standalone.cli;

import io.github.consentbridge.mapping.failure.ExitCode;
import io.github.consentbridge.sync.operations.DeadLetterSummary;
import io.github.consentbridge.sync.operations.OperationsJson;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "deadletters",
        description = "Lists the deliveries that could not be applied, with the reasons.",
        mixinStandardHelpOptions = true)
final class DeadLettersCommand extends OperatorCommand {
    @Mixin
    private DeadLetterOptions selection;

    @Option(
            names = "--limit",
            defaultValue = "1000",
            description = "maximum number of dead letters (default: ${DEFAULT-VALUE})")
    private int limit;

    @Override
    public Integer call() {
        if (limit < 1) {
            throw new UsageException("--limit must be at least 1");
        }
        List<DeadLetterSummary> letters = OperatorHost.of(options)
                .onExistingStores(operations -> operations.deadLetters(selection.filter(), limit));
        if (json) {
            out().println(OperationsJson.deadLetters(letters));
        } else if (letters.isEmpty()) {
            out().println("no dead letters");
        } else {
            print(letters, out());
        }
        return ExitCode.DONE.number();
    }

    private static void print(List<DeadLetterSummary> letters, PrintWriter out) {
        Table table = new Table("ID", "SIDE", "KEY", "RECEIVED AT", "ATTEMPTS", "REASON");
        letters.forEach(letter -> table.row(
                letter.id(),
                letter.side().word(),
                letter.key(),
                letter.receivedAt().toString(),
                Integer.toString(letter.attempts()),
                letter.reason()));
        table.print(out);
    }
}
