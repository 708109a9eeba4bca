package io.github.consentbridge.benchmarks;

import io.github.consentbridge.runtimetests.AwsStub;
import io.github.consentbridge.runtimetests.BridgeFunction;
import io.github.consentbridge.runtimetests.EmptyHandler;
import io.github.consentbridge.runtimetests.FunctionJar;
import io.github.consentbridge.runtimetests.FunctionProcess;
import io.github.consentbridge.runtimetests.LoopbackCertificate;
import io.github.consentbridge.runtimetests.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Measures how long the first request of a webhook function takes, with Lambda's real runtime client and AWS on loopback:
 * from the start of its process, and from the point at which SnapStart would restore it. The yardstick is the start of an
 * empty function. All take turns, so that other load on the machine affects all of them. Missing is what only AWS has: the
 * distance to its services, and the loading of a snapshot's pages.
 */
@Command(
        name = "cold-start",
        description = "Starts the webhook functions and prints how long their first answer takes.")
public final class ColdStart implements Runnable {
    private static final String SECRET = """
            {"webhooks": {"didomi": {"values": ["demo-webhook-key-0123456789"]},
                          "dynamics": {"values": ["demo-dynamics-key-9876543210"]}}}""";

    /** AWS over http and https; Lambda offers a role's keys over http. */
    private record Stubs(AwsStub plain, AwsStub secure) implements AutoCloseable {
        @Override
        public void close() {
            plain.close();
            secure.close();
        }
    }

    @Option(names = "--rounds", defaultValue = "21", description = "starts of each function (${DEFAULT-VALUE})")
    private int rounds;

    @Option(names = "--root", defaultValue = ".", description = "the project, built (${DEFAULT-VALUE})")
    private Path root;

    @Option(names = "--beside", description = "another build of the project, whose functions take turns with these")
    private @Nullable Path beside;

    @Option(
            names = "--function",
            split = ",",
            defaultValue = "DIDOMI_WEBHOOK,DYNAMICS_WEBHOOK",
            description = "which functions (${DEFAULT-VALUE})")
    private List<BridgeFunction> functions;

    @Option(
            names = "--request",
            split = ",",
            defaultValue = "STARTED,STARTED_OVER_TLS,RESTORED,PRIMED",
            description = "which first requests (${DEFAULT-VALUE})")
    private List<FirstRequest> requests;

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
        List<StartTimes> all = new ArrayList<>();
        all.add(new StartTimes("empty handler", empty(folder), event("didomi-event-created"), FirstRequest.STARTED, 0));
        all.addAll(functions("", root, folder.resolve("root")));
        if (beside != null) {
            all.addAll(functions("beside: ", beside, folder.resolve("beside")));
        }
        LoopbackCertificate certificate = LoopbackCertificate.create(folder, java);
        try (Stubs aws = new Stubs(AwsStub.start(SECRET), AwsStub.start(SECRET, certificate))) {
            for (int round = -1; round < rounds; round++) {
                all.forEach(one -> start(one, aws, certificate.options()));
                if (round < 0) {
                    all.forEach(StartTimes::forget);
                }
            }
        }
        System.out.printf("%d first requests each, until their answer; AWS over https if not said otherwise%n", rounds);
        System.out.println(StartTimes.head());
        all.forEach(one -> System.out.println(one.row(all.get(0))));
    }

    private List<StartTimes> functions(String prefix, Path project, Path folder) throws IOException {
        List<StartTimes> all = new ArrayList<>();
        for (BridgeFunction function : functions) {
            boolean didomi = function == BridgeFunction.DIDOMI_WEBHOOK;
            String event = event(didomi ? "didomi-event-created" : "dynamics-update");
            FunctionJar unpacked = function.unpacked(project, folder);
            long bytes = Files.size(function.jar(project));
            for (FirstRequest kind : requests) {
                all.add(new StartTimes(prefix + (didomi ? "Didomi" : "Dynamics"), unpacked, event, kind, bytes));
            }
        }
        return all;
    }

    private String event(String name) throws IOException {
        return Files.readString(root.resolve("events").resolve(name + ".json"));
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

    private void start(StartTimes times, Stubs aws, List<String> trust) {
        Path runtime = root.resolve("runtime-tests/target/runtime");
        List<String> options =
                Stream.concat(trust.stream(), times.kind().options().stream()).toList();
        long begin = System.nanoTime();
        try (FunctionProcess process =
                FunctionProcess.start(times.function(), runtime, java, variables(times.kind(), aws), options)) {
            double cpuBefore = 0;
            if (times.kind().isAfterRestore()) {
                process.awaitSnapshot();
                cpuBefore = process.cpu();
                begin = System.nanoTime();
                process.restore();
            }
            Outcome outcome = process.invoke(times.event());
            double milliseconds = (System.nanoTime() - begin) / 1e6;
            if (outcome.failed() || !outcome.body().contains("\"statusCode\":202")) {
                throw new IllegalStateException("no 202 but " + outcome.body() + "\n" + process.log());
            }
            times.add(milliseconds, process.cpu() - cpuBefore);
        }
    }

    private Map<String, String> variables(FirstRequest kind, Stubs aws) {
        URI services = (kind.isSecure() ? aws.secure() : aws.plain()).url();
        Map<String, String> variables = new HashMap<>();
        variables.put("AWS_ENDPOINT_URL", services.toString());
        variables.put(
                "BRIDGE_INTEGRATION",
                root.resolve("config/integration.json").toAbsolutePath().toString());
        variables.put("BRIDGE_SECRET_ID", "bridge");
        variables.put("BRIDGE_QUEUE_URL", services + "/123456789012/deliveries");
        if (kind.isAfterRestore()) {
            variables.put("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");
            variables.put("AWS_CONTAINER_CREDENTIALS_FULL_URI", aws.plain().url() + AwsStub.KEYS);
        }
        return variables;
    }
}
