package io.github.consentbridge.standalone.cli;

import io.github.consentbridge.mapping.failure.ExitCode;
import io.github.consentbridge.standalone.operator.AllChecks;
import io.github.consentbridge.standalone.operator.OperatorHost;
import io.github.consentbridge.sync.doctor.Check;
import io.github.consentbridge.sync.doctor.Check.State;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Command;

@Command(
        name = "doctor",
        description = "Checks secret, credentials, columns, purposes, webhooks and stores, and says what to do."
                + " Writes nothing.",
        mixinStandardHelpOptions = true)
final class DoctorCommand extends OperatorCommand {
    @Override
    public Integer call() {
        List<Check> checks = AllChecks.of(OperatorHost.of(options));
        if (json) {
            out().println(AllChecks.json(checks));
        } else {
            print(checks, out());
        }
        boolean failed = checks.stream().anyMatch(check -> check.state() == State.FAILED);
        return failed ? ExitCode.FINDINGS.number() : ExitCode.DONE.number();
    }

    private static void print(List<Check> checks, PrintWriter out) {
        Table table = new Table("CHECK", "STATE", "FINDING");
        for (Check check : checks) {
            List<String> lines = check.sentence().lines().toList();
            // "not checked: …" says its state itself.
            String state =
                    check.state() == State.NOT_CHECKED ? "-" : check.state().word();
            table.row(check.subject(), state, lines.get(0));
            lines.stream().skip(1).forEach(line -> table.row("", "", line));
        }
        table.print(out);
    }
}
