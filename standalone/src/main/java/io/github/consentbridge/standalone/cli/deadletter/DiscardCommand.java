package io.github.consentbridge.standalone.cli.deadletter;

import io.github.consentbridge.mapping.failure.ExitCode;
import io.github.consentbridge.standalone.cli.OperatorCommand;
import io.github.consentbridge.standalone.cli.UsageException;
import io.github.consentbridge.standalone.operator.OperatorHost;
import io.github.consentbridge.sync.queue.DiscardedDelivery;
import io.github.consentbridge.sync.rights.Requester;
import java.time.Clock;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Gives up one dead letter, on record. */
@Command(
        name = "discard",
        description = {
            "Gives up one dead letter for good: its delivery is removed.",
            "Who did so, when and why stays on record, without the person's data; show prints it."
        },
        mixinStandardHelpOptions = true)
final class DiscardCommand extends OperatorCommand {
    private static final int MAX_REASON = 300;

    @Parameters(paramLabel = "ID", description = "the dead letter's id, as deadletters lists it")
    private String id;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            required = true,
            description = "why it is given up, without personal data")
    private String reason;

    @Override
    public Integer call() {
        if (reason.isBlank() || reason.length() > MAX_REASON) {
            throw new UsageException("--reason must say why, in at most " + MAX_REASON + " characters");
        }
        DiscardedDelivery.Decision decision = new DiscardedDelivery.Decision(
                Requester.userName(), Clock.systemUTC().instant(), reason.strip());
        Optional<DiscardedDelivery> discarded =
                OperatorHost.of(options).onExistingStores(operations -> operations.discard(id, decision));
        if (discarded.isEmpty()) {
            spec.commandLine().getErr().println("there is no dead letter with this id: deadletters lists them");
            return ExitCode.FINDINGS.number();
        }
        if (json) {
            out().println(discarded.get().json());
        } else {
            DeadLetterPrinter.print(discarded.get(), out());
        }
        return ExitCode.DONE.number();
    }
}
