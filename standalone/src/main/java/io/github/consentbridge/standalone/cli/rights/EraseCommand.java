package io.github.consentbridge.standalone.cli.rights;

import io.github.consentbridge.mapping.failure.ExitCode;
import io.github.consentbridge.standalone.cli.OperatorCommand;
import io.github.consentbridge.standalone.operator.OperatorHost;
import io.github.consentbridge.sync.rights.ErasureReport;
import io.github.consentbridge.sync.rights.Requester;
import io.github.consentbridge.sync.rights.Requester.Means;
import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Erases one person. */
@Command(
        name = "erase",
        description = {
            "Erases what is stored about a person: ledger entry, history, waiting deliveries and dead letters.",
            "It changes neither Didomi nor Dynamics, and says what remains where. The erasure goes on the access record."
        },
        mixinStandardHelpOptions = true)
public final class EraseCommand extends OperatorCommand {
    @Parameters(paramLabel = "KEY", description = "the organization user id")
    private String key;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            required = true,
            description = "why, for the access record, without personal data")
    private String reason;

    @Override
    public Integer call() {
        String why = Reasons.checked(reason);
        Optional<ErasureReport> report = OperatorHost.of(options)
                .onExistingStores(operations -> operations.erase(key, Requester.thisUser(Means.COMMAND_LINE), why));
        if (report.isEmpty()) {
            return UnknownPerson.print(key, options, spec.commandLine().getErr());
        }
        if (json) {
            out().println(report.get().json());
        } else {
            print(report.get(), out());
        }
        return ExitCode.DONE.number();
    }

    private static void print(ErasureReport report, PrintWriter out) {
        out.println("erased: " + number(report.ledger(), "ledger entry", "ledger entries") + ", "
                + number(report.history(), "entry of the history", "entries of the history") + ", "
                + number(report.waiting(), "waiting delivery", "waiting deliveries") + ", "
                + number(report.deadLetters(), "dead letter", "dead letters"));
        out.println("what remains:");
        report.remains().forEach(sentence -> out.println("* " + sentence + "."));
    }

    private static String number(int count, String one, String many) {
        return count + " " + (count == 1 ? one : many);
    }
}
