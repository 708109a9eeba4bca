package io.github.consentbridge.benchmarks;

import io.github.consentbridge.runtimetests.AwsStub;
import io.github.consentbridge.runtimetests.BridgeFunction;
import io.github.consentbridge.runtimetests.EmptyHandler;
import io.github.consentbridge.runtimetests.FunctionJar;
import io.github.consentbridge.runtimetests.FunctionProcess;
import io.github.consentbridge.runtimetests.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Measures the time from the start of a webhook function's process to its first 202, with Lambda's real runtime client
 * and without SnapStart, and compares it with an empty function. The functions take turns, so that other load on the
 * machine affects all of them.
 */
@Command(
        name = "cold-start",
        description = "Starts the webhook functions and prints how long their first answer takes.")
public final class ColdStart implements Runnable {
    private static final String SECRET = """
            {"webhooks": {"didomi": {"values": ["demo-webhook-key-0123456789"]},
                          "dynamics": {"values": ["demo-dynamics-key-9876543210"]}}}""";

    @Option(names = "--rounds", defaultValue = "21", description = "starts of each function (${DEFAULT-VALUE})")
    private int rounds;

    @Option(names = "--root", defaultValue = ".", description = "the project, built (${DEFAULT-VALUE})")
    private Path root;

    @Option(names = "--java", defaultValue = "${sys:java.home}", description = "the Java that runs the functions")
    private Path java;

    public static void main(String[] args) {
        System.exit(new CommandLine(new ColdStart()).execute(args));
    }

    @Override
    public void run() {
        try {
            Path folder = Files.createTempDirectory("cold-start");
            measure(folder);
            delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void measure(Path folder) throws IOException {
        List<StartTimes> all = List.of(
                new StartTimes("empty handler", empty(folder), "didomi-event-created", 0),
                times("Didomi webhook", BridgeFunction.DIDOMI_WEBHOOK, folder, "didomi-event-created"),
                times("Dynamics webhook", BridgeFunction.DYNAMICS_WEBHOOK, folder, "dynamics-update"));
        try (AwsStub aws = AwsStub.start(SECRET)) {
            all.forEach(one -> start(one, aws));
            all.forEach(StartTimes::forget);
            for (int round = 0; round < rounds; round++) {
                all.forEach(one -> start(one, aws));
            }
        }
        System.out.printf("%d starts each; from process start to the first answer%n", rounds);
        System.out.printf(
                "%-18s %10s %10s %8s %10s %8s %8s%n",
                "", "median ms", "least ms", "times", "CPU ms", "times", "jar MB");
        all.forEach(one -> System.out.println(one.row(all.get(0))));
    }

    private StartTimes times(String name, BridgeFunction function, Path folder, String event) throws IOException {
        return new StartTimes(name, function.unpacked(root, folder), event, Files.size(function.jar(root)));
    }

    /** A function of one class. */
    private static FunctionJar empty(Path folder) throws IOException {
        String name = EmptyHandler.class.getName();
        Path taskRoot = folder.resolve("empty-handler");
        Path file = taskRoot.resolve(name.replace('.', '/') + ".class");
        Files.createDirectories(file.getParent());
        try (InputStream bytes = EmptyHandler.class.getResourceAsStream("EmptyHandler.class")) {
            Files.copy(Objects.requireNonNull(bytes), file);
        }
        return new FunctionJar(taskRoot, name);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private void start(StartTimes times, AwsStub aws) {
        Map<String, String> variables = Map.of(
                "AWS_ENDPOINT_URL",
                aws.url().toString(),
                "BRIDGE_INTEGRATION",
                root.resolve("config/integration.json").toAbsolutePath().toString(),
                "BRIDGE_SECRET_ID",
                "bridge",
                "BRIDGE_QUEUE_URL",
                aws.url() + "/123456789012/deliveries");
        String event = times.event(root);
        long begin = System.nanoTime();
        try (FunctionProcess process = FunctionProcess.start(
                times.function(), root.resolve("runtime-tests/target/runtime"), java, variables)) {
            Outcome outcome = process.invoke(event);
            double milliseconds = (System.nanoTime() - begin) / 1e6;
            if (outcome.failed() || !outcome.body().contains("\"statusCode\":202")) {
                throw new IllegalStateException("no 202 but " + outcome.body() + "\n" + process.log());
            }
            times.add(milliseconds, process.cpu());
        }
    }
}
