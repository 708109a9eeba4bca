package io.github.consentbridge.standalone.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.consentbridge.mapping.failure.ExitCode;
import io.github.consentbridge.sync.connections.Connections;
import io.github.consentbridge.sync.doctor.Check;
import io.github.consentbridge.sync.doctor.Check.State;
import io.github.consentbridge.sync.doctor.Doctor;
import io.github.consentbridge.sync.doctor.PublicAddress;
import io.github.consentbridge.sync.registration.Registration;
import java.io.PrintWriter;
import java.util.ArrayList;
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
        OperatorHost host = OperatorHost.of(options);
        Connections connections = host.connections();
        List<Check> checks = new ArrayList<>(new Doctor(host.integration(), host.credentials(), connections).examine());
        checks.add(PublicAddress.check(new Registration(host.integration(), host.credentials(), connections)));
        checks.add(StoreCheck.of(host));
        if (json) {
            out().println(json(checks));
        } else {
            print(checks, out());
        }
        boolean failed = checks.stream().anyMatch(check -> check.state() == State.FAILED);
        return failed ? ExitCode.FINDINGS.number() : ExitCode.DONE.number();
    }

    /** {@code [{"code","subject","state":"ok|warning|failed|not_checked","sentence"}]}; docs/doctor.md lists the codes. */
    private static ArrayNode json(List<Check> checks) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        checks.forEach(check -> list.addObject()
                .put("code", check.code().code())
                .put("subject", check.subject())
                .put("state", check.state().word())
                .put("sentence", check.sentence()));
        return list;
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
