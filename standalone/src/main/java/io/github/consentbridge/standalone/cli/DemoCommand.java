package io.github.consentbridge.standalone.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.consentbridge.standalone.demo.Demo;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The bridge between simulated systems. */
@Command(
        name = "demo",
        description = "Plays sample deliveries between simulated systems and shows what changed where.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("UnusedVariable") // Every command takes these options; the demo brings its own documents.
    private CommonOptions places;

    @Option(names = "--once", description = "exit afterwards instead of serving on")
    private boolean once;

    @Option(names = "--port", defaultValue = "0", description = "of the bridge; 0 picks one (${DEFAULT-VALUE})")
    private int port;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Path folder = Files.createTempDirectory("consent-bridge-demo");
        Demo demo = new Demo(folder, port, Clock.systemUTC());
        try {
            happened(demo).print(out);
            out.println();
            stands(demo).print(out);
        } finally {
            if (once) {
                demo.close();
            }
        }
        if (!once) {
            out.println();
            demo.hints().forEach(out::println);
            out.println("Ctrl-C ends it");
            Stop.onTermination(demo::close);
            new CountDownLatch(1).await();
        }
        return Bridge.DONE;
    }

    private static Table happened(Demo demo) throws IOException, InterruptedException {
        Table table = new Table("WHAT HAPPENED", "ANSWER", "WHAT CHANGED");
        for (var outcome : demo.play()) {
            table.row(
                    outcome.step(),
                    outcome.answer(),
                    outcome.changes().isEmpty() ? "-" : outcome.changes().get(0));
            outcome.changes().stream().skip(1).forEach(change -> table.row("", "", change));
        }
        return table;
    }

    private static Table stands(Demo demo) {
        Table table = new Table("PERSON", "COLUMN", "CHOICE", "DECIDED AT", "BY", "DIDOMI", "DYNAMICS", "WHY");
        for (String person : demo.people()) {
            demo.operations()
                    .explain(person)
                    .ifPresent(explanation -> explanation
                            .path("registers")
                            .forEach(register -> table.row(
                                    person,
                                    register.path("mapping").asText(),
                                    cell(register, "value"),
                                    cell(register, "decided_at"),
                                    cell(register, "side"),
                                    cell(register, "didomi_shows"),
                                    cell(register, "dynamics_shows"),
                                    register.path("reason").asText())));
        }
        return table;
    }

    private static String cell(JsonNode register, String name) {
        JsonNode value = register.path(name);
        return value.isNull() ? "-" : value.isValueNode() ? value.asText() : value.toString();
    }
}
