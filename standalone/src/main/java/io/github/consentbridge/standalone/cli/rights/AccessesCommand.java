package io.github.consentbridge.standalone.cli.rights;

import io.github.consentbridge.mapping.failure.ExitCode;
import io.github.consentbridge.standalone.cli.OperatorCommand;
import io.github.consentbridge.standalone.cli.Table;
import io.github.consentbridge.standalone.cli.UsageException;
import io.github.consentbridge.standalone.operator.OperatorHost;
import io.github.consentbridge.sync.rights.Access;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists the access record. */
@Command(
        name = "accesses",
        description = "Lists who looked at, exported or erased the data of a person, when and why, the newest first.",
        mixinStandardHelpOptions = true)
public final class AccessesCommand extends OperatorCommand {
    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "100",
            description = "how many at most (default: ${DEFAULT-VALUE})")
    private int limit;

    @Override
    public Integer call() {
        if (limit < 1) {
            throw new UsageException("--limit must be at least 1");
        }
        List<Access> accesses = OperatorHost.of(options).onExistingStores(operations -> operations.accesses(limit));
        if (json) {
            out().println(Access.json(accesses));
        } else if (accesses.isEmpty()) {
            out().println("no access is on record");
        } else {
            table(accesses).print(out());
        }
        return ExitCode.DONE.number();
    }

    private static Table table(List<Access> accesses) {
        Table table = new Table("AT", "WHAT", "PERSON (HASH)", "BY", "MEANS", "REASON");
        accesses.forEach(access -> table.row(
                access.at().toString(),
                access.kind().word().replace('_', ' '),
                access.person().isEmpty() ? "-" : access.person(),
                access.requester().name(),
                access.requester().means().word().replace('_', '-'),
                Table.cell(Optional.ofNullable(access.reason()))));
        return table;
    }
}
