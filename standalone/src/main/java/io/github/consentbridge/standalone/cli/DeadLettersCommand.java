package io.github.consentbridge.standalone.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What could not be applied. */
@Command(
        name = "deadletters",
        description = "Lists what could not be applied, and why.",
        mixinStandardHelpOptions = true)
final class DeadLettersCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions places;

    @Mixin
    private Selection selection;

    @Option(names = "--limit", defaultValue = "1000", description = "how many at the most (${DEFAULT-VALUE})")
    private int limit;

    @Option(names = "--json", description = "print JSON")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (limit < 1) {
            throw new UsageException("--limit must be at least 1");
        }
        ArrayNode letters = Stores.with(places, operations -> operations.deadLetters(selection.filter(), limit));
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(letters);
        } else if (letters.isEmpty()) {
            out.println("no dead letters");
        } else {
            print(letters, out);
        }
        return Bridge.DONE;
    }

    private static void print(ArrayNode letters, PrintWriter out) {
        Table table = new Table("ID", "SIDE", "KEY", "RECEIVED AT", "ATTEMPTS", "REASON");
        for (JsonNode letter : letters) {
            table.row(
                    letter.path("id").asText(),
                    letter.path("side").asText(),
                    letter.path("key").asText(),
                    letter.path("received_at").asText(),
                    letter.path("attempts").asText(),
                    letter.path("reason").asText());
        }
        table.print(out);
    }
}
