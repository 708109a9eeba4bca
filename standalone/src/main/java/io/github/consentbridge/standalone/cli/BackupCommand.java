package io.github.consentbridge.standalone.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.consentbridge.mapping.failure.ExitCode;
import io.github.consentbridge.standalone.operator.OperatorHost;
import io.github.consentbridge.standalone.store.StoreCopy;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "backup",
        description = {
            "Writes a consistent copy of the data folder's store to a file, also while run is up.",
            "To restore it, stop run and put the file into an empty data folder under the name bridge.db."
        },
        mixinStandardHelpOptions = true)
final class BackupCommand extends OperatorCommand {
    @Parameters(paramLabel = "FILE", description = "a file that does not exist yet")
    private Path file;

    @Override
    public Integer call() {
        OperatorHost host = OperatorHost.of(options);
        if (OperatorHost.isOnAws(options)) {
            throw new UsageException("a stack on AWS keeps its backups itself, by point-in-time recovery of its table:"
                    + " to copy a data folder, name it with --data");
        }
        if (host.isNew()) {
            throw new UsageException(OperatorHost.nothingIn(host.stores()));
        }
        long bytes = StoreCopy.write(options.data(), file);
        if (json) {
            out().println(new JsonMapper()
                    .createObjectNode()
                    .put("file", file.toString())
                    .put("bytes", bytes));
        } else {
            out().printf("%s has %,d bytes%n", file, bytes);
        }
        return ExitCode.DONE.number();
    }
}
