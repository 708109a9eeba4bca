package io.github.consentbridge.standalone.cli;

import io.github.consentbridge.mapping.failure.ExitCode;
import io.github.consentbridge.mapping.settle.Decision;
import io.github.consentbridge.sync.operations.Explanation;
import io.github.consentbridge.sync.operations.OperationsJson;
import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "explain",
        description =
                "Explains why a person's values are what they are: where and when each choice was made, and why it"
                        + " stands.",
        mixinStandardHelpOptions = true)
final class ExplainCommand extends OperatorCommand {
    @Parameters(paramLabel = "KEY", description = "the organization user id")
    private String key;

    @Override
    public Integer call() {
        Optional<Explanation> explanation =
                OperatorHost.of(options).onExistingStores(operations -> operations.explain(key));
        if (explanation.isEmpty()) {
            spec.commandLine().getErr().println("there is no data about this organization user id: check its spelling");
            return ExitCode.FINDINGS.number();
        }
        if (json) {
            out().println(OperationsJson.explanation(explanation.get()));
        } else {
            print(explanation.get(), out());
        }
        return ExitCode.DONE.number();
    }

    private static void print(Explanation person, PrintWriter out) {
        if (person.erasedAt() != null) {
            out.println("erased in Didomi by " + person.erasedAt() + "; only choices made later are kept");
        }
        out.println("contact " + (person.contactId() == null ? "(none found)" : person.contactId()));
        Table table = new Table("COLUMN", "VALUE", "DECIDED AT", "BY", "DELIVERY", "DIDOMI", "DYNAMICS", "WHY");
        person.columns().forEach(column -> {
            Optional<Decision> decision = Optional.ofNullable(column.decision());
            table.row(
                    column.name().logicalName(),
                    Table.cell(decision.map(Decision::value)),
                    Table.cell(decision.map(Decision::decidedAt)),
                    Table.cell(decision.map(made -> made.side().word())),
                    Table.cell(decision.map(Decision::delivery)),
                    Table.cell(Optional.ofNullable(column.inDidomi())),
                    Table.cell(Optional.ofNullable(column.inDynamics())),
                    column.reason());
        });
        table.print(out);
    }
}
