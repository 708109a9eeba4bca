package io.github.consentbridge.standalone.cli;

import io.github.consentbridge.mapping.failure.ExitCode;
import io.github.consentbridge.standalone.cli.console.ConsoleCommand;
import io.github.consentbridge.standalone.cli.deadletter.DeadLettersCommand;
import io.github.consentbridge.standalone.cli.deadletter.ReplayCommand;
import io.github.consentbridge.standalone.cli.explain.ExplainCommand;
import io.github.consentbridge.standalone.cli.failure.CommandFailures;
import io.github.consentbridge.standalone.cli.failure.KeyArguments;
import io.github.consentbridge.standalone.cli.failure.UsageErrors;
import io.github.consentbridge.standalone.cli.init.InitCommand;
import io.github.consentbridge.standalone.cli.map.MapCommand;
import io.github.consentbridge.standalone.cli.rights.AccessesCommand;
import io.github.consentbridge.standalone.cli.rights.EraseCommand;
import io.github.consentbridge.standalone.cli.rights.ExportCommand;
import io.github.consentbridge.standalone.cli.rights.FindCommand;
import io.github.consentbridge.standalone.cli.rights.HashCommand;
import io.github.consentbridge.standalone.cli.status.StatusCommand;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** {@code ./bridge}; {@link ExitCode} lists the exit codes. */
@Command(
        name = "bridge",
        description = "Keeps consents in step between Didomi and Microsoft Dynamics 365.",
        mixinStandardHelpOptions = true,
        versionProvider = Bridge.Version.class,
        subcommands = {
            Bridge.Demo.class,
            InitCommand.class,
            RunCommand.class,
            MapCommand.class,
            ExplainCommand.class,
            DeadLettersCommand.class,
            ReplayCommand.class,
            ResumeCommand.class,
            ExportCommand.class,
            EraseCommand.class,
            FindCommand.class,
            HashCommand.class,
            AccessesCommand.class,
            ReconcileCommand.class,
            RegisterCommand.class,
            UnregisterCommand.class,
            DoctorCommand.class,
            BackupCommand.class,
            StatusCommand.class,
            ConsoleCommand.class,
            HelpCommand.class,
            Bridge.VersionCommand.class
        })
public final class Bridge implements Runnable {
    @Spec
    private CommandSpec spec;

    public static void main(String[] args) {
        System.exit(execute(new Bridge(), args));
    }

    /** Runs a command on the streams of this process and returns its exit code. */
    public static int execute(Object command, String... args) {
        return execute(
                command,
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                args);
    }

    public static int execute(Object command, PrintWriter out, PrintWriter err, String... args) {
        CommandLine line = new CommandLine(command)
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .registerConverter(Path.class, UsageErrors::named)
                .setParameterExceptionHandler(UsageErrors::print)
                .setExecutionExceptionHandler((failure, failed, parsed) -> CommandFailures.print(failure, failed));
        KeyArguments.allow(line);
        line.setExecutionStrategy(parsed -> {
            KeyArguments.check(parsed);
            UsageErrors.refuseIgnoredOptions(parsed);
            return new RunLast().execute(parsed);
        });
        try {
            return line.execute(KeyArguments.arranged(line, args));
        } catch (OutOfMemoryError e) {
            err.println("the memory does not suffice: raise -Xmx in BRIDGE_JAVA_OPTS");
            return ExitCode.FAILURE.number();
        }
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }

    @Command(name = "version", description = "Prints the version.", mixinStandardHelpOptions = true)
    static final class VersionCommand implements Runnable {
        @Spec
        private CommandSpec spec;

        @Override
        public void run() {
            spec.commandLine().getOut().println(new Version().getVersion()[0]);
        }
    }

    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Bridge.class.getPackage().getImplementationVersion();
            return new String[] {"Consent Bridge " + (version == null ? "(unpackaged)" : version)};
        }
    }

    /** Lists the demo in the help: the simulators that it needs are not part of this program. */
    @Command(
            name = "demo",
            description = "Plays sample deliveries between simulated systems and shows what changes on each side.",
            mixinStandardHelpOptions = true)
    static final class Demo implements Runnable {
        @Unmatched
        @SuppressWarnings("UnusedVariable") // Whatever the options are, the answer is the same.
        private List<String> options = new ArrayList<>();

        @Override
        public void run() {
            throw new UsageException("the demo is a program of its own, demo.jar: start it with ./bridge demo");
        }
    }
}
