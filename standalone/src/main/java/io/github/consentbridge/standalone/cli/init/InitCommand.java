package io.github.consentbridge.standalone.cli.init;

import io.github.consentbridge.connectors.dataverse.metadata.LabelledColumn;
import io.github.consentbridge.connectors.http.RemoteSettings;
import io.github.consentbridge.connectors.http.RetryPolicy;
import io.github.consentbridge.mapping.document.AttributeName;
import io.github.consentbridge.mapping.failure.BridgeException;
import io.github.consentbridge.mapping.failure.ExitCode;
import io.github.consentbridge.mapping.json.ConfigurationException;
import io.github.consentbridge.standalone.cli.Bridge;
import io.github.consentbridge.standalone.cli.CommonOptions;
import io.github.consentbridge.standalone.cli.UsageException;
import io.github.consentbridge.sync.connections.Endpoints;
import io.github.consentbridge.sync.setup.ColumnChoice;
import io.github.consentbridge.sync.setup.KeyColumns;
import io.github.consentbridge.sync.setup.MappableValue;
import io.github.consentbridge.sync.setup.MappingProposals;
import io.github.consentbridge.sync.setup.NewDocuments;
import io.github.consentbridge.sync.setup.Proposal;
import io.github.consentbridge.sync.setup.WebhookKeys;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The first configuration. Nothing is written before everything is decided. */
@Command(
        name = "init",
        description =
                "Asks for the credentials of both systems, proposes mappings, writes the integration document and the"
                        + " secret, and checks them.",
        mixinStandardHelpOptions = true)
public final class InitCommand implements Callable<Integer> {
    /** Somebody is waiting at the terminal. */
    private static final Duration MAX_WAIT = Duration.ofSeconds(30);

    @Mixin
    private CommonOptions options;

    @Mixin
    private CredentialOptions credentials;

    @Option(
            names = "--non-interactive",
            description = "ask nothing: take every mapping that is beyond doubt, and print what was left out")
    private boolean nonInteractive;

    @Option(names = "--force", description = "overwrite files that exist")
    private boolean force;

    @Option(
            names = "--contact-key",
            paramLabel = "COLUMN",
            description = "contact column that holds the organization user id (default: asked, or proposed)")
    @Nullable
    private String contactKey;

    @Option(names = "--bidirectional", description = "changes in Dynamics reach Didomi (default: asked, or no)")
    private boolean bidirectional;

    @Spec
    private CommandSpec spec;

    private final Map<String, String> environment;
    private final Supplier<Optional<Questions>> terminal;
    private final RandomGenerator random;

    /** On the terminal and in the environment of this process. */
    public InitCommand() {
        this(System.getenv(), TerminalQuestions::here, new SecureRandom());
    }

    InitCommand(Map<String, String> environment, Supplier<Optional<Questions>> terminal, RandomGenerator random) {
        this.environment = environment;
        this.terminal = terminal;
        this.random = random;
    }

    @Override
    public Integer call() {
        Optional<Questions> questions = questions();
        DocumentFiles files = new DocumentFiles(options.config(), options.secrets());
        files.check();
        CredentialSource source = new CredentialSource(credentials, environment, questions, out());
        source.check();
        allowOverwriting(files.existing(), questions);

        Logins logins = new Logins(endpoints(), settings());
        Logins.Didomi didomi = source.login("Didomi", Logins.DIDOMI, logins::didomi);
        List<MappableValue> values = values(didomi);
        Logins.Dynamics dynamics = source.login("Dynamics", Logins.DYNAMICS, logins::dynamics);
        new SetupPrinter(out()).values(values);
        new SetupPrinter(out()).columns(dynamics.columns());

        NewDocuments.Decisions decisions = decisions(didomi, dynamics, values, questions);
        confirmWriting(decisions, questions);
        write(files, decisions, didomi, dynamics);
        return check();
    }

    private Optional<Questions> questions() {
        if (nonInteractive) {
            return Optional.empty();
        }
        Optional<Questions> questions = terminal.get();
        if (questions.isEmpty()) {
            throw new UsageException(
                    "init asks questions and needs a terminal for its input and output: run it in one, or add"
                            + " --non-interactive");
        }
        return questions;
    }

    private void allowOverwriting(List<Path> existing, Optional<Questions> questions) {
        if (existing.isEmpty() || force) {
            return;
        }
        String names = existing.stream().map(Path::toString).collect(Collectors.joining(" and "));
        String verb = existing.size() == 1 ? " exists" : " exist";
        boolean allowed = questions
                .map(asked -> asked.confirm(names + verb + ". Overwrite at the end?", false))
                .orElse(false);
        if (!allowed) {
            throw new UsageException(
                    names + verb + ": add --force to overwrite, or name other files with --config and --secrets");
        }
    }

    private static List<MappableValue> values(Logins.Didomi didomi) {
        List<MappableValue> values = MappableValue.of(didomi.catalog());
        if (values.isEmpty()) {
            throw new BridgeException(
                    ExitCode.FINDINGS,
                    "Didomi lists no purposes for the organization " + didomi.organizationId()
                            + ": create them in Didomi's Console, then run init again");
        }
        return values;
    }

    private NewDocuments.Decisions decisions(
            Logins.Didomi didomi, Logins.Dynamics dynamics, List<MappableValue> values, Optional<Questions> questions) {
        AttributeName key = key(didomi, dynamics, questions);
        boolean bothWays = bidirectional
                || questions
                        .map(asked -> asked.confirm("Should changes that staff make in Dynamics reach Didomi?", false))
                        .orElse(false);
        if (questions.isEmpty()) {
            out().println();
            out().println("Key column: " + key + " (--contact-key). Changes in Dynamics "
                    + (bothWays ? "reach Didomi." : "do not reach Didomi (--bidirectional)."));
        }
        List<LabelledColumn> columns = dynamics.columns().stream()
                .filter(column -> !column.name().equals(key.logicalName()))
                .toList();
        return new NewDocuments.Decisions(didomi.organizationId(), key, bothWays, mappings(values, columns, questions));
    }

    private AttributeName key(Logins.Didomi didomi, Logins.Dynamics dynamics, Optional<Questions> questions) {
        KeyColumns keys = KeyColumns.of(dynamics.columns(), dynamics.table(), didomi.sample());
        KeyDialogue dialogue = new KeyDialogue(dynamics.columns(), keys, out());
        return contactKey != null
                ? dialogue.named(contactKey)
                : questions.map(dialogue::ask).orElseGet(dialogue::suggested);
    }

    private List<ColumnChoice> mappings(
            List<MappableValue> values, List<LabelledColumn> columns, Optional<Questions> questions) {
        List<Proposal> proposals = MappingProposals.of(values, columns);
        List<ColumnChoice> mappings = questions
                .map(asked -> new MappingDialogue(columns, asked, out()).choose(proposals))
                .orElseGet(() -> certain(proposals));
        if (mappings.isEmpty()) {
            throw new BridgeException(
                    ExitCode.FINDINGS,
                    "nothing was written, because nothing is mapped: create columns for the purposes in Dynamics, or write"
                            + " the integration document by hand");
        }
        return mappings;
    }

    private List<ColumnChoice> certain(List<Proposal> proposals) {
        List<ColumnChoice> taken = new ArrayList<>();
        proposals.stream()
                .filter(Proposal::isCertain)
                .flatMap(proposal -> proposal.best().stream())
                .forEach(taken::add);
        out().println();
        taken.forEach(choice -> new SetupPrinter(out()).choice(choice));
        new SetupPrinter(out())
                .leftOut(proposals.stream()
                        .filter(proposal -> !proposal.isCertain())
                        .toList());
        return taken;
    }

    private void confirmWriting(NewDocuments.Decisions decisions, Optional<Questions> questions) {
        out().println();
        String question = "Write %s (%s) and %s?"
                .formatted(options.config(), counted(decisions.mappings().size()), options.secrets());
        if (!questions.map(asked -> asked.confirm(question, true)).orElse(true)) {
            throw new UsageException("nothing was written, as you wished");
        }
    }

    private static String counted(int count) {
        return count + (count == 1 ? " mapping" : " mappings");
    }

    private void write(
            DocumentFiles files, NewDocuments.Decisions decisions, Logins.Didomi didomi, Logins.Dynamics dynamics) {
        try {
            files.write(
                    NewDocuments.of(decisions, didomi.key(), dynamics.registration(), WebhookKeys.generate(random)));
        } catch (ConfigurationException e) {
            throw new UsageException("nothing was written: " + e.sentenceAbout("the new configuration"), e);
        }
        out().println("Wrote " + options.config() + ", and " + options.secrets() + " for its owner only.");
        out().println();
    }

    /** What {@code doctor} says of the new files, and what comes next. */
    private int check() {
        List<String> words = new ArrayList<>(List.of("doctor"));
        words.addAll(options.words());
        int exitCode = Bridge.execute(new Bridge(), out(), spec.commandLine().getErr(), words.toArray(String[]::new));
        String places = " --config " + options.config() + " --secrets " + options.secrets();
        out().println();
        out().println(
                        exitCode == 0
                                ? "Next: ./bridge run" + places
                                        + "\nIf contacts have consents already, first: ./bridge reconcile --dry-run"
                                        + " --scan didomi" + places
                                : "Next: correct the first check that failed, then ./bridge doctor" + places);
        return exitCode;
    }

    private Endpoints endpoints() {
        try {
            return Endpoints.of(environment);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()), e);
        }
    }

    private static RemoteSettings settings() {
        return RemoteSettings.standard(Clock.systemUTC())
                .withRetry(RetryPolicy.standard().withMaxWait(MAX_WAIT));
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
