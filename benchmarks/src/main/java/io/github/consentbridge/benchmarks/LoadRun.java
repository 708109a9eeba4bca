package io.github.consentbridge.benchmarks;

import io.github.consentbridge.simulators.People;
import io.github.consentbridge.simulators.Simulators;
import io.github.consentbridge.simulators.dataverse.limits.ServiceLimits;
import io.github.consentbridge.simulators.http.Fault;
import io.github.consentbridge.simulators.http.RouteKind;
import io.github.consentbridge.standalone.BridgeProcess;
import io.github.consentbridge.standalone.Deliveries;
import io.github.consentbridge.standalone.Webhook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Runs the one-machine host under load: the simulated systems and the senders in this process, {@code bridge run} in
 * another one. Prints the accepted requests, the rate at which they were applied, and the requests to Dataverse.
 */
@Command(name = "load", description = "Sends deliveries to a bridge of its own and prints what came of it.")
public final class LoadRun implements Runnable {
    private static final long LOOK_EVERY_MILLISECONDS = 20;

    @Option(names = "--deliveries", defaultValue = "10000", description = "how many, one a person (${DEFAULT-VALUE})")
    private int deliveries;

    @Option(names = "--connections", defaultValue = "32", description = "senders at once (${DEFAULT-VALUE})")
    private int connections;

    @Option(names = "--jar", defaultValue = "standalone/target/bridge.jar", description = "what runs the bridge")
    private Path jar;

    @Option(
            names = "--jvm",
            split = " ",
            defaultValue = "-Xmx96m",
            description = "options of the bridge's JVM (${DEFAULT-VALUE})")
    private String[] jvm;

    public static void main(String[] args) {
        System.exit(new CommandLine(new LoadRun()).execute(args));
    }

    @Option(
            names = "--warm-up",
            defaultValue = "0",
            description = "so many deliveries to other people come first and do not count (${DEFAULT-VALUE})")
    private int warmUp;

    @Option(
            names = "--door-only",
            description = "Dataverse is out of service: the bridge accepts, and applies nothing meanwhile")
    private boolean doorOnly;

    @Option(
            names = "--drain",
            description = "with --door-only: the bridge is killed afterwards, and another one applies what it accepted")
    private boolean drain;

    @Option(
            names = "--history-days",
            defaultValue = "1095",
            description = "how long the bridge keeps the history; 0 keeps none (${DEFAULT-VALUE})")
    private int historyDays;

    @Option(
            names = "--rounds",
            defaultValue = "0",
            description = "so many runs without a history and as many with one, by turns, and their medians")
    private int rounds;

    @Override
    public void run() {
        if (rounds == 0) {
            measure(historyDays);
        } else {
            System.out.print(HistoryRounds.run(rounds, this::measure).report());
        }
    }

    private LoadFigures measure(int days) {
        LoadFigures figures = LoadFigures.NONE;
        try (Simulators simulators = Simulators.start(Clock.systemUTC())) {
            simulators.dataverse().limits(ServiceLimits.none());
            new People(simulators, 1).add(warmUp + deliveries, 0, Instant.now().minus(Duration.ofDays(1)));
            List<UUID> people = simulators.dataverse().contactIds();
            Path folder = Files.createTempDirectory("consent-bridge-load");
            BridgeProcess.prepare(folder, simulators, "\"history_days\": " + days, """
                    {"id": "new_newsletter", "value": {"purpose": "newsletter"}},
                    {"id": "donotbulkemail", "value": {"purpose": "marketing"}, "invert": true}""");
            try (BridgeProcess bridge = BridgeProcess.start(folder, simulators, jar, jvm)) {
                new Senders(bridge.port(), connections)
                        .send(requests(simulators, people.subList(0, warmUp), bridge.port()));
                awaitIdle(bridge);
                if (doorOnly) {
                    closeDataverse(simulators, people.get(0), bridge);
                }
                figures = run(simulators, people.subList(warmUp, people.size()), bridge);
            }
            if (drain) {
                drain(folder, simulators);
            }
            figures = figures.withStored(StoredBytes.in(folder.resolve("data")) / (double) (warmUp + deliveries));
            System.out.printf("store    %,.0f bytes a person, with history_days %d%n", figures.storedBytes(), days);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("the load run was interrupted", e);
        }
        return figures;
    }

    /** The first failure pauses the workers for longer than the run lasts. */
    private static void closeDataverse(Simulators simulators, UUID person, BridgeProcess bridge)
            throws IOException, InterruptedException {
        simulators.dataverse().faults().always(RouteKind.ANY, Fault.throttled(Duration.ofHours(1)));
        new Senders(bridge.port(), 1).send(requests(simulators, List.of(person), bridge.port()));
        while (!Webhook.isPaused(bridge.url("/health"))) {
            Thread.sleep(LOOK_EVERY_MILLISECONDS);
        }
    }

    private static void awaitIdle(BridgeProcess bridge) throws IOException, InterruptedException {
        while (!Webhook.isIdle(bridge.url("/health"))) {
            Thread.sleep(LOOK_EVERY_MILLISECONDS);
        }
    }

    private LoadFigures run(Simulators simulators, List<UUID> people, BridgeProcess bridge)
            throws IOException, InterruptedException {
        simulators.dataverse().counters().reset();
        List<byte[]> requests = requests(simulators, people, bridge.port());
        Duration before = bridge.processorTime();
        long start = System.nanoTime();
        Senders.Result door = new Senders(bridge.port(), connections).send(requests);
        if (!doorOnly) {
            awaitIdle(bridge);
        }
        double applied = (System.nanoTime() - start) / 1e9;
        System.out.printf(
                "door     %,d accepted of %,d in %.2f s: %,.0f a second; p50 %.1f ms, p95 %.1f ms, p99 %.1f ms%n",
                door.accepted(),
                requests.size(),
                door.seconds(),
                door.accepted() / door.seconds(),
                door.millisecondsAt(0.50),
                door.millisecondsAt(0.95),
                door.millisecondsAt(0.99));
        if (!doorOnly) {
            printApplied(simulators, applied);
        }
        System.out.printf(
                "bridge   %.2f s of processor time: %.3f ms a delivery%n",
                bridge.processorTime().minus(before).toMillis() / 1e3,
                bridge.processorTime().minus(before).toMillis() / (double) requests.size());
        System.out.printf(
                "memory   %,d MiB resident at the most, with %s%n", bridge.peakMemory(), String.join(" ", jvm));
        return new LoadFigures(door.accepted() / door.seconds(), people.size() / applied, 0);
    }

    /** What a crashed bridge accepted is applied by the next one. */
    private void drain(Path folder, Simulators simulators) throws IOException, InterruptedException {
        simulators.dataverse().faults().clear();
        simulators.dataverse().counters().reset();
        long begun = System.nanoTime();
        try (BridgeProcess bridge = BridgeProcess.start(folder, simulators, jar, jvm)) {
            System.out.printf("start    %.2f s with the backlog%n", (System.nanoTime() - begun) / 1e9);
            long start = System.nanoTime();
            resume(folder);
            awaitIdle(bridge);
            printApplied(simulators, (System.nanoTime() - start) / 1e9);
            System.out.printf("memory   %,d MiB resident at the most while draining%n", bridge.peakMemory());
        }
    }

    /** Ends the pause that the first bridge left behind. */
    private void resume(Path folder) throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String data = folder.resolve("data").toString();
        String config = folder.resolve("integration.json").toString();
        String secrets = folder.resolve("secrets.json").toString();
        List<String> command = List.of(
                java, "-jar", jar.toString(), "resume", "--data", data, "--config", config, "--secrets", secrets);
        if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
            throw new IllegalStateException("the pause was not lifted");
        }
    }

    private void printApplied(Simulators simulators, double seconds) {
        long calls = simulators.dataverse().counters().requests();
        long written = simulators.dataverse().counters().rowsWritten();
        System.out.printf(
                "applied  %,d contacts written %.2f s after the first send: %,.0f a second%n",
                written, seconds, written / seconds);
        System.out.printf(
                "cost     %,d Dataverse requests (%,d finds, %,d batches): %.4f a delivery%n",
                calls,
                simulators.dataverse().counters().requests(RouteKind.FIND_CONTACTS),
                simulators.dataverse().counters().requests(RouteKind.BATCH),
                (double) calls / deliveries);
    }

    /** One event per person with the opposite of the contact's value, so that each causes a write. */
    private static List<byte[]> requests(Simulators simulators, List<UUID> people, int port) {
        List<byte[]> requests = new ArrayList<>();
        Instant now = Instant.now();
        for (UUID person : people) {
            boolean shown =
                    Boolean.TRUE.equals(simulators.dataverse().contact(person).get("new_newsletter"));
            String body = Deliveries.newsletter(person.toString(), !shown, now);
            requests.add(Senders.request(port, BridgeProcess.WEBHOOK_KEY, body));
        }
        return requests;
    }
}
