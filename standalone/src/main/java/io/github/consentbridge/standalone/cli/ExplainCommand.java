package io.github.consentbridge.standalone.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Why a contact has a value. */
@Command(
        name = "explain",
        description = "Tells why a person's values are what they are: who decided, where and when.",
        mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions places;

    @Parameters(paramLabel = "KEY", description = "the organization user id")
    private String key;

    @Option(names = "--json", description = "print JSON")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Optional<ObjectNode> explanation = Stores.with(places, operations -> operations.explain(key));
        PrintWriter out = spec.commandLine().getOut();
        if (explanation.isEmpty()) {
            spec.commandLine().getErr().println("nothing is known of this organization user id: check its spelling");
            return Bridge.FAILED_CHECK;
        }
        if (json) {
            out.println(explanation.get());
        } else {
            print(explanation.get(), out);
        }
        return Bridge.DONE;
    }

    private static void print(ObjectNode person, PrintWriter out) {
        if (person.hasNonNull("erased_at")) {
            out.println("erased in Didomi before " + person.path("erased_at").asText()
                    + "; only choices made after that are kept");
        }
        out.println("contact " + person.path("contact_id").asText("(none found)"));
        Table table = new Table("COLUMN", "VALUE", "DECIDED AT", "BY", "DELIVERY", "DIDOMI", "DYNAMICS", "WHY");
        for (JsonNode register : person.path("registers")) {
            table.row(
                    register.path("mapping").asText(),
                    cell(register.path("value")),
                    cell(register.path("decided_at")),
                    cell(register.path("side")),
                    cell(register.path("delivery")),
                    cell(register.path("didomi_shows")),
                    cell(register.path("dynamics_shows")),
                    register.path("reason").asText());
        }
        table.print(out);
    }

    private static String cell(JsonNode value) {
        return value.isNull() ? "-" : value.isValueNode() ? value.asText() : value.toString();
    }
}
