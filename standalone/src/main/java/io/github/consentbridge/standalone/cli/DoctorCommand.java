package io.github.consentbridge.standalone.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.consentbridge.mapping.failure.ExitCode;
import io.github.consentbridge.sync.doctor.Check;
import io.github.consentbridge.sync.doctor.Check.State;
import io.github.consentbridge.sync.doctor.Doctor;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;

@Command(
        name = "doctor",
        description = "Checks secret, credentials, columns, purposes, webhooks and stores, and says what to do."
                + " Writes nothing.",
        mixinStandardHelpOptions = true)
final class DoctorCommand extends OperatorCommand {
    @Override
    public Integer call() {
        OperatorHost host = OperatorHost.of(options);
        List<Check> checks =
                new ArrayList<>(new Doctor(host.integration(), host.credentials(), host.connections()).examine());
        checks.add(StoreCheck.of(host));
        if (json) {
            out().println(json(checks));
        } else {
            print(checks, out());
        }
        boolean failed = checks.stream().anyMatch(check -> check.state() == State.FAILED);
        return failed ? ExitCode.FINDINGS.number() : ExitCode.DONE.number();
    }

    /** {@code [{"subject","state":"ok|warning|failed","sentence"}]}. */
    private static ArrayNode json(List<Check> checks) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        checks.forEach(check -> list.addObject()
                .put("subject", check.subject())
                .put("state", word(check))
                .put("sentence", check.sentence()));
        return list;
    }

    private static void print(List<Check> checks, PrintWriter out) {
        Table table = new Table("CHECK", "STATE", "FINDING");
        checks.forEach(check -> table.row(check.subject(), word(check), check.sentence()));
        table.print(out);
    }

    private static String word(Check check) {
        return check.state().name().toLowerCase(Locale.ROOT);
    }
}
