package io.github.consentbridge.standalone.cli.rights;

import io.github.consentbridge.mapping.failure.ExitCode;
import io.github.consentbridge.standalone.cli.OperatorCommand;
import io.github.consentbridge.standalone.operator.OperatorHost;
import io.github.consentbridge.sync.rights.PersonHashes;
import io.github.consentbridge.sync.rights.Requester;
import io.github.consentbridge.sync.rights.Requester.Means;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows under which hashes logs and stores have one person. */
@Command(
        name = "hash",
        description = {
            "Shows the hash by which log lines name a person, and the one in the stores.",
            "The question goes on the access record."
        },
        mixinStandardHelpOptions = true)
public final class HashCommand extends OperatorCommand {
    @Parameters(paramLabel = "KEY", description = "the organization user id")
    private String key;

    @Override
    public Integer call() {
        PersonHashes hashes = OperatorHost.of(options)
                .onExistingStores(operations -> operations.hashes(key, Requester.thisUser(Means.COMMAND_LINE)));
        if (json) {
            out().println(hashes.json());
        } else {
            print(hashes, out());
        }
        return ExitCode.DONE.number();
    }

    private static void print(PersonHashes hashes, PrintWriter out) {
        out.println(
                hashes.logs().isEmpty()
                        ? "in logs: unknown, because the secret has no log_key: each process has hashes of its own"
                        : "in logs: " + String.join(", ", hashes.logs()));
        out.println("in the stores: " + hashes.ledger());
    }
}
