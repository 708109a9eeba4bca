package io.github.consentbridge.demo;

import io.github.consentbridge.mapping.failure.ExitCode;
import io.github.consentbridge.mapping.settle.Decision;
import io.github.consentbridge.standalone.cli.Bridge;
import io.github.consentbridge.standalone.cli.CommonOptions;
import io.github.consentbridge.standalone.cli.Table;
import io.github.consentbridge.standalone.cli.Termination;
import io.github.consentbridge.standalone.cli.console.Browser;
import io.github.consentbridge.standalone.console.ConsoleServer;
import io.github.consentbridge.sync.operations.Explanation;
import io.github.consentbridge.sync.report.VisibleText;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./bridge demo}: a bridge between simulated systems. */
@Command(
        name = "bridge demo",
        description = "Plays sample deliveries between simulated systems and shows what changes on each side.",
        mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {
    /** Long enough to be seen, short enough to be waited for. */
    private static final Duration THROTTLED_FOR = Duration.ofSeconds(5);

    @Mixin
    @SuppressWarnings("UnusedVariable") // Every command takes these options; the demo uses its own documents.
    private CommonOptions options;

    @Option(names = "--once", description = "exit after the last step instead of serving until stopped")
    private boolean once;

    @Option(
            names = "--port",
            defaultValue = "0",
            description = "port of the bridge; 0 picks a free one (default: ${DEFAULT-VALUE})")
    private int port;

    @Option(
            names = "--console-port",
            defaultValue = "0",
            description = "port of the console; 0 picks a free one (default: ${DEFAULT-VALUE})")
    private int consolePort;

    @Option(names = "--no-open", description = "print the console's address only, and start no browser")
    private boolean noOpen;

    @Spec
    private CommandSpec spec;

    public static void main(String[] args) {
        System.exit(Bridge.execute(new DemoCommand(), args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Path folder = Files.createTempDirectory("consent-bridge-demo");
        out.println("starting simulated systems and a bridge between them");
        Demo demo = new Demo(folder, port, Clock.systemUTC());
        try {
            demo.play(outcome -> print(outcome, out));
            out.println();
            choices(demo).print(out);
        } finally {
            if (once) {
                demo.close();
            }
        }
        if (!once) {
            serve(demo, out);
        }
        return ExitCode.DONE.number();
    }

    /** From here on both systems deliver by themselves, and the console's page Live changes and watches them. */
    private void serve(Demo demo, PrintWriter out) throws InterruptedException {
        DemoLive live = demo.live(THROTTLED_FOR);
        ConsoleServer console = ConsoleServer.start(demo.subject(), Optional.of(live), consolePort, Clock.systemUTC());
        Termination.run(() -> {
            console.close();
            live.close();
            demo.close();
        });
        out.println();
        demo.hints().forEach(out::println);
        out.println();
        out.println("open " + console.openingAddress() + " to watch");
        out.println("     this address works once, within five minutes");
        out.println("stop with Ctrl-C");
        out.flush();
        if (!noOpen) {
            Browser.open(console.openingAddress());
        }
        new CountDownLatch(1).await();
    }

    /** A step as soon as it has happened, with what changed below it. */
    private static void print(DemoOutcome outcome, PrintWriter out) {
        out.println(VisibleText.of(outcome.step() + ": " + outcome.answer()));
        outcome.changes().forEach(change -> out.println("    " + VisibleText.of(change)));
        out.flush();
    }

    private static Table choices(Demo demo) {
        Table table = new Table("PERSON", "CHOICE", "DECIDED AT", "BY", "DIDOMI", "DYNAMICS", "WHY");
        for (String person : demo.people()) {
            demo.operations()
                    .explain(person)
                    .ifPresent(explanation -> explanation.columns().forEach(column -> add(person, column, table)));
        }
        return table;
    }

    private static void add(String person, Explanation.Column column, Table table) {
        Optional<Decision> decision = Optional.ofNullable(column.decision());
        table.row(
                person,
                column.choice(),
                Table.cell(decision.map(Decision::decidedAt)),
                Table.cell(decision.map(made -> made.side().word())),
                column.inDidomiWords(),
                column.shown(DemoSystems.OPTION_LABELS),
                column.reason());
    }
}
