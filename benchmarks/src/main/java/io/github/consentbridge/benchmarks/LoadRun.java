package io.github.consentbridge.benchmarks;

import io.github.consentbridge.simulators.People;
import io.github.consentbridge.simulators.Simulators;
import io.github.consentbridge.simulators.dataverse.ServiceLimits;
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
 * The whole under load: simulated systems and the senders in this process, {@code bridge run} as a process of its own.
 * Prints what the door accepted, how fast it was applied, and what that cost Dataverse.
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

    @Option(names = "--heap", defaultValue = "96m", description = "the bridge's -Xmx (${DEFAULT-VALUE})")
    private String heap;

    public static void main(String[] args) {
        System.exit(new CommandLine(new LoadRun()).execute(args));
    }

    @Option(
            names = "--warm-up",
            defaultValue = "0",
            description = "so many deliveries to other people come first and do not count (${DEFAULT-VALUE})")
    private int warmUp;

    @Override
    public void run() {
        try (Simulators simulators = Simulators.start(Clock.systemUTC())) {
            simulators.dataverse().limits(ServiceLimits.none());
            new People(simulators, 1).add(warmUp + deliveries, 0, Instant.now().minus(Duration.ofDays(1)));
            List<UUID> people = simulators.dataverse().contactIds();
            Path folder = Files.createTempDirectory("consent-bridge-load");
            BridgeProcess.prepare(folder, simulators, "", """
                    {"id": "new_newsletter", "value": {"purpose": "newsletter"}},
                    {"id": "donotbulkemail", "value": {"purpose": "marketing"}, "invert": true}""");
            try (BridgeProcess bridge = BridgeProcess.start(folder, simulators, jar, heap)) {
                new Senders(bridge.port(), connections)
                        .send(requests(simulators, people.subList(0, warmUp), bridge.port()));
                awaitIdle(bridge);
                run(simulators, people.subList(warmUp, people.size()), bridge);
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("the load run was interrupted", e);
        }
    }

    private static void awaitIdle(BridgeProcess bridge) throws IOException, InterruptedException {
        while (!Webhook.isIdle(bridge.url("/health"))) {
            Thread.sleep(LOOK_EVERY_MILLISECONDS);
        }
    }

    private void run(Simulators simulators, List<UUID> people, BridgeProcess bridge)
            throws IOException, InterruptedException {
        simulators.dataverse().counters().reset();
        List<byte[]> requests = requests(simulators, people, bridge.port());
        Duration before = bridge.processorTime();
        long start = System.nanoTime();
        Senders.Result door = new Senders(bridge.port(), connections).send(requests);
        awaitIdle(bridge);
        double applied = (System.nanoTime() - start) / 1e9;
        long calls = simulators.dataverse().counters().requests();
        long written = simulators.dataverse().counters().rowsWritten();
        System.out.printf(
                "door     %,d accepted of %,d in %.2f s: %,.0f a second; p50 %.1f ms, p95 %.1f ms, p99 %.1f ms%n",
                door.accepted(),
                requests.size(),
                door.seconds(),
                door.accepted() / door.seconds(),
                door.millisecondsAt(0.50),
                door.millisecondsAt(0.95),
                door.millisecondsAt(0.99));
        System.out.printf(
                "applied  %,d contacts written %.2f s after the first send: %,.0f a second%n",
                written, applied, written / applied);
        System.out.printf(
                "cost     %,d Dataverse requests (%,d finds, %,d batches): %.4f a delivery%n",
                calls,
                simulators.dataverse().counters().requests(RouteKind.FIND_CONTACTS),
                simulators.dataverse().counters().requests(RouteKind.BATCH),
                (double) calls / requests.size());
        System.out.printf(
                "bridge   %.2f s of processor time: %.3f ms a delivery%n",
                bridge.processorTime().minus(before).toMillis() / 1e3,
                bridge.processorTime().minus(before).toMillis() / (double) requests.size());
        System.out.printf("memory   %,d MiB resident at the most, -Xmx%s%n", bridge.peakMemory(), heap);
    }

    /** One event a person, of the opposite of what the contact shows, so that each is a write. */
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
