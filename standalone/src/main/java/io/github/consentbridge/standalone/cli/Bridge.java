package io.github.consentbridge.standalone.cli;

import io.github.consentbridge.connectors.http.RemoteException;
import io.github.consentbridge.mapping.json.ConfigurationException;
import io.github.consentbridge.standalone.cli.map.MapCommand;
import io.github.consentbridge.standalone.http.AddressException;
import io.github.consentbridge.standalone.store.FolderInUseException;
import io.github.consentbridge.sync.credentials.CredentialsException;
import io.github.consentbridge.sync.reconciliation.ReconciliationUnderWayException;
import io.github.consentbridge.sync.registration.RegistrationException;
import io.github.consentbridge.sync.storage.StorageException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** {@code ./bridge}: exit codes are 0 done, 1 a check that failed or nobody found, 2 usage or configuration, 3 a failure. */
@Command(
        name = "bridge",
        description = "Keeps consents in step between Didomi and Microsoft Dynamics 365.",
        mixinStandardHelpOptions = true,
        versionProvider = Bridge.Version.class,
        subcommands = {
            DemoCommand.class,
            RunCommand.class,
            MapCommand.class,
            ExplainCommand.class,
            DeadLettersCommand.class,
            ReplayCommand.class,
            ReconcileCommand.class,
            RegisterCommand.class,
            UnregisterCommand.class,
            DoctorCommand.class
        })
public final class Bridge implements Runnable {
    /** Done. */
    public static final int DONE = 0;

    /** A check failed, or nobody was found. */
    static final int FAILED_CHECK = 1;

    /** Wrong options, or a configuration that cannot be used. */
    static final int USAGE = 2;

    /** Another system or our own storage failed. */
    static final int FAILURE = 3;

    @Spec
    private CommandSpec spec;

    public static void main(String[] args) {
        System.exit(execute(
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                args));
    }

    /** Runs one command and gives its exit code. */
    public static int execute(PrintWriter out, PrintWriter err, String... args) {
        return new CommandLine(new Bridge())
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(Bridge::failed)
                .execute(args);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name a command");
    }

    /** What is known to go wrong is one sentence; anything else is a fault of ours, and its trace is wanted. */
    private static int failed(Exception failure, CommandLine command, ParseResult parsed) throws Exception {
        if (failure instanceof ConfigurationException || failure instanceof CredentialsException) {
            command.getErr().println(failure.getMessage());
            return USAGE;
        }
        if (failure instanceof UsageException
                || failure instanceof FolderInUseException
                || failure instanceof AddressException) {
            command.getErr().println(failure.getMessage());
            return USAGE;
        }
        if (failure instanceof RemoteException
                || failure instanceof RegistrationException
                || failure instanceof ReconciliationUnderWayException
                || failure instanceof StorageException) {
            command.getErr().println(failure.getMessage());
            return FAILURE;
        }
        throw failure;
    }

    /** The version that the jar was built as. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Bridge.class.getPackage().getImplementationVersion();
            return new String[] {"Consent Bridge " + (version == null ? "(unpackaged)" : version)};
        }
    }
}
