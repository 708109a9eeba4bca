package io.github.consentbridge.standalone.cli.deadletter;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.mapping.failure.ExitCode;
import io.github.consentbridge.standalone.cli.OperatorCommand;
import io.github.consentbridge.standalone.operator.OperatorHost;
import io.github.consentbridge.sync.operations.DeadLetterDetail;
import io.github.consentbridge.sync.operations.Operations;
import io.github.consentbridge.sync.queue.DiscardedDelivery;
import io.github.consentbridge.sync.rights.AccessKind;
import io.github.consentbridge.sync.rights.Requester;
import io.github.consentbridge.sync.rights.Requester.Means;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows one dead letter, or what is on record of one that was given up. */
@Command(
        name = "show",
        description = "Shows one dead letter with its delivery, or who gave it up, when and why.",
        mixinStandardHelpOptions = true)
final class ShowCommand extends OperatorCommand {
    @Parameters(paramLabel = "ID", description = "the dead letter's id, as deadletters lists it")
    private String id;

    @Option(names = "--plain", description = "show personal data, which is masked otherwise")
    private boolean plain;

    private record Found(Optional<DeadLetterDetail> letter, List<DiscardedDelivery> discarded) {}

    @Override
    public Integer call() {
        Found found = OperatorHost.of(options).onExistingStores(this::find);
        if (found.letter().isEmpty() && found.discarded().isEmpty()) {
            spec.commandLine().getErr().println("there is no dead letter with this id: deadletters lists them");
            return ExitCode.FINDINGS.number();
        }
        if (json) {
            out().println(json(found));
        } else {
            found.letter().ifPresent(letter -> DeadLetterPrinter.print(letter, plain, out()));
            found.discarded().forEach(record -> DeadLetterPrinter.print(record, out()));
        }
        return ExitCode.DONE.number();
    }

    /** A look at personal data goes on the access record before they are shown. */
    private Found find(Operations operations) {
        if (plain) {
            operations
                    .deadLetter(id, false)
                    .ifPresent(letter -> operations.recordAccess(
                            AccessKind.LOOKED_AT, letter.summary().key(), Requester.thisUser(Means.COMMAND_LINE)));
        }
        return new Found(operations.deadLetter(id, plain), operations.discarded(id));
    }

    /** The dead letter's members, if it is still there, and {@code "discarded":[…]}. */
    private ObjectNode json(Found found) {
        ObjectNode node =
                found.letter().map(DeadLetterDetail::json).orElseGet(() -> new JsonMapper().createObjectNode());
        if (!plain && node.has("key")) {
            node.put("key", "***");
        }
        ArrayNode discarded = node.putArray("discarded");
        found.discarded().forEach(record -> discarded.add(record.json()));
        return node;
    }
}
