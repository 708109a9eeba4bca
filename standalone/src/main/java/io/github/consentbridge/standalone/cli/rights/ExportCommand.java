package io.github.consentbridge.standalone.cli.rights;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.consentbridge.mapping.failure.ExitCode;
import io.github.consentbridge.mapping.json.JsonTree;
import io.github.consentbridge.standalone.cli.OperatorCommand;
import io.github.consentbridge.standalone.cli.UsageException;
import io.github.consentbridge.standalone.cli.output.OwnerFile;
import io.github.consentbridge.standalone.operator.OperatorHost;
import io.github.consentbridge.sync.rights.ExportPage;
import io.github.consentbridge.sync.rights.PersonExport;
import io.github.consentbridge.sync.rights.Requester;
import io.github.consentbridge.sync.rights.Requester.Means;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Exports what is stored about one person. */
@Command(
        name = "export",
        description = {
            "Exports everything that is stored about a person, and what both systems show now, to answer a request for access.",
            "The export goes on the access record."
        },
        mixinStandardHelpOptions = true)
public final class ExportCommand extends OperatorCommand {
    @Parameters(paramLabel = "KEY", description = "the organization user id")
    private String key;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "json",
            description = "json, or html: a page to print or to hand over (default: ${DEFAULT-VALUE})")
    private Format format;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "write a new file that only you can read, instead of the terminal")
    private @Nullable Path file;

    @Option(names = "--reason", paramLabel = "TEXT", description = "why, for the access record")
    private @Nullable String reason;

    /** How an export is written. */
    enum Format {
        JSON,
        HTML
    }

    @Override
    public Integer call() throws IOException {
        @Nullable String why = reason == null ? null : Reasons.checked(reason);
        if (json && format == Format.HTML) {
            throw new UsageException("--json and --format html exclude each other: leave one out");
        }
        if (file != null) {
            requireNew(file.toAbsolutePath());
        }
        Optional<PersonExport> export = OperatorHost.of(options)
                .onExistingStores(operations -> operations.export(key, Requester.thisUser(Means.COMMAND_LINE), why));
        if (export.isEmpty()) {
            return UnknownPerson.print(key, options, spec.commandLine().getErr());
        }
        write(text(export.get()));
        if (!export.get().isComplete()) {
            spec.commandLine().getErr().println("the export is not complete: it names what could not be read");
            return ExitCode.FAILURE.number();
        }
        return ExitCode.DONE.number();
    }

    /** Before the person's data are read, and the export goes on the access record. */
    private static void requireNew(Path file) {
        @Nullable Path folder = file.getParent();
        if (Files.isDirectory(file)) {
            throw new UsageException(file + " is a folder: name a new file in it with --out");
        } else if (Files.exists(file)) {
            throw new UsageException(file + " exists: name a new file with --out");
        } else if (folder == null || !Files.isDirectory(folder)) {
            throw new UsageException(
                    "there is no folder " + folder + ": name a new file in a folder that exists with --out");
        } else if (!Files.isWritable(folder)) {
            throw new UsageException("the folder " + folder + " cannot be written: name a file in another with --out");
        }
    }

    private String text(PersonExport export) {
        return format == Format.HTML ? new ExportPage(export.json()).html() : JsonTree.write(export.json());
    }

    private void write(String text) throws IOException {
        if (file == null) {
            out().println(text);
            return;
        }
        OwnerFile.write(file, (text + "\n").getBytes(UTF_8));
        out().println("written to " + file + ": delete it when it has served");
    }
}
