package io.github.consentbridge.standalone.cli.rights;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.mapping.failure.ExitCode;
import io.github.consentbridge.standalone.cli.OperatorCommand;
import io.github.consentbridge.standalone.operator.OperatorHost;
import io.github.consentbridge.sync.report.VisibleText;
import io.github.consentbridge.sync.rights.PersonQuery;
import io.github.consentbridge.sync.rights.Requester;
import io.github.consentbridge.sync.rights.Requester.Means;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Finds people by their contact. */
@Command(
        name = "find",
        description = {
            "Finds organization user ids by the contact in Dynamics: by an e-mail address, or by the contact's id.",
            "The search goes on the access record."
        },
        mixinStandardHelpOptions = true)
public final class FindCommand extends OperatorCommand {
    @ArgGroup(multiplicity = "1")
    private By by;

    private static final class By {
        @Option(names = "--email", paramLabel = "ADDRESS", description = "one of the contact's three e-mail addresses")
        private @Nullable String email;

        @Option(
                names = "--contact",
                paramLabel = "ID",
                description = "the contact's id; of a contact that is gone, the bridge knows the person")
        private @Nullable String contact;

        private PersonQuery query() {
            return email != null ? new PersonQuery.Email(email) : new PersonQuery.Contact(String.valueOf(contact));
        }
    }

    @Override
    public Integer call() {
        List<String> keys = OperatorHost.of(options)
                .onExistingStores(operations -> operations.find(by.query(), Requester.thisUser(Means.COMMAND_LINE)));
        if (json) {
            ObjectNode node = new JsonMapper().createObjectNode();
            ArrayNode list = node.putArray("keys");
            keys.forEach(list::add);
            out().println(node);
        } else {
            keys.forEach(key -> out().println(VisibleText.of(key)));
        }
        if (keys.isEmpty()) {
            spec.commandLine().getErr().println("no contact is found: check the address or the id");
            return ExitCode.FINDINGS.number();
        }
        return ExitCode.DONE.number();
    }
}
