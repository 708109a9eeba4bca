package io.github.consentbridge.standalone.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.consentbridge.sync.doctor.Check;
import io.github.consentbridge.sync.doctor.Check.State;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Looks at everything that the bridge needs. */
@Command(
        name = "doctor",
        description = "Checks secret, credentials, columns, purposes, webhooks and stores, and says what to do. Writes"
                + " nothing.",
        mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions places;

    @Option(names = "--json", description = "print JSON")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        List<Check> checks = new ArrayList<>(RegistrationOptions.doctor(places).examine());
        checks.add(Stores.check(places));
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(json(checks));
        } else {
            print(checks, out);
        }
        boolean failed = checks.stream().anyMatch(check -> check.state() == State.FAILED);
        return failed ? Bridge.FAILED_CHECK : Bridge.DONE;
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
        Table table = new Table("CHECK", "STATE", "WHAT");
        checks.forEach(check -> table.row(check.subject(), word(check), check.sentence()));
        table.print(out);
    }

    private static String word(Check check) {
        return check.state().name().toLowerCase(Locale.ROOT);
    }
}
