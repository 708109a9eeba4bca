package io.github.consentbridge.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.consentbridge.simulators.People;
import io.github.consentbridge.simulators.Simulators;
import io.github.consentbridge.simulators.dataverse.column.SimulatedColumn;
import io.github.consentbridge.simulators.dataverse.limits.ServiceLimits;
import io.github.consentbridge.simulators.didomi.SimulatedChoice;
import io.github.consentbridge.standalone.BridgeProcess;
import io.github.consentbridge.standalone.Webhook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Looks at a large bridge with the console: {@code run} and {@code console} as processes of their own, between simulated systems
 * in this one. Prints how long the console's answers take, and its memory.
 */
@Command(name = "console", description = "Asks the console of a large bridge, and prints how long it takes.")
public final class ConsoleRun implements Runnable {
    private static final long LOOK_EVERY_MILLISECONDS = 100;
    private static final String FREQUENCY = "frequency";

    @Option(names = "--people", defaultValue = "100000", description = "in both systems (${DEFAULT-VALUE})")
    private int people;

    @Option(names = "--differences", defaultValue = "5000", description = "webhooks that got lost (${DEFAULT-VALUE})")
    private int differences;

    @Option(names = "--dead-letters", defaultValue = "2000", description = "deliveries that fail (${DEFAULT-VALUE})")
    private int deadLetters;

    @Option(names = "--times", defaultValue = "50", description = "how often each is asked (${DEFAULT-VALUE})")
    private int times;

    @Option(names = "--jar", defaultValue = "standalone/target/bridge.jar", description = "what runs the bridge")
    private Path jar;

    @Option(
            names = "--jvm",
            defaultValue = "-Xmx256m",
            description = "option of both processes' JVMs (${DEFAULT-VALUE})")
    private String jvm;

    public static void main(String[] args) {
        System.exit(new CommandLine(new ConsoleRun()).execute(args));
    }

    @Override
    public void run() {
        try (Simulators simulators = Simulators.start(Clock.systemUTC())) {
            Path folder = Files.createTempDirectory("consent-bridge-console");
            prepare(simulators, folder);
            try (BridgeProcess bridge = BridgeProcess.start(folder, simulators, jar, jvm)) {
                command(folder, simulators, "reconcile", "--initial", "--scan", "full");
                fail(simulators.dataverse().contactIds().subList(0, deadLetters), bridge);
                loseWebhooks(simulators);
                measure(folder, simulators);
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("the run was interrupted", e);
        }
    }

    private void prepare(Simulators simulators, Path folder) throws IOException {
        simulators.dataverse().limits(ServiceLimits.none());
        simulators.dataverse().column(SimulatedColumn.choice("new_frequency", Map.of(100_000_001, "Weekly")));
        simulators.didomi().knowsPurpose("newsletter");
        simulators.didomi().knowsPurpose("marketing");
        simulators.didomi().knowsPreference("marketing", FREQUENCY, "weekly", "daily");
        new People(simulators, 1).add(people, 0, Instant.now().minus(Duration.ofDays(1)));
        BridgeProcess.prepare(folder, simulators, "", """
                {"id": "new_newsletter", "value": {"purpose": "newsletter"}},
                {"id": "donotbulkemail", "value": {"purpose": "marketing"}, "invert": true},
                {"id": "new_frequency", "value": {"purpose": "marketing", "preference": "frequency"},
                 "options": {"weekly": 100000001}}""");
    }

    /** A command to its end, on the running bridge. */
    private void command(Path folder, Simulators simulators, String... words) throws IOException, InterruptedException {
        if (ConsoleProcess.builder(folder, simulators, jar, jvm, words)
                        .inheritIO()
                        .start()
                        .waitFor()
                != 0) {
            throw new IllegalStateException("the command failed: " + String.join(" ", words));
        }
    }

    /** These people choose what the mapping does not name. */
    private static void fail(List<UUID> chosen, BridgeProcess bridge) throws IOException, InterruptedException {
        List<byte[]> requests = new ArrayList<>();
        for (UUID person : chosen) {
            String body = """
                    {"type":"event.created","regulation":"gdpr","parameters":{"entity":{"id":"%s","organization_id":"acme",\
                    "created_at":"%s","status":"confirmed","regulation":"gdpr",\
                    "user":{"id":"u-%3$s","organization_user_id":"%3$s"},"consents":{"purposes":[{"id":"marketing",\
                    "enabled":true,"values":{"frequency":{"value":"daily"}}}]}}}}""".formatted(UUID.randomUUID(), Instant.now(), person);
            requests.add(Senders.request(bridge.port(), BridgeProcess.WEBHOOK_KEY, body));
        }
        new Senders(bridge.port(), 8).send(requests);
        while (!Webhook.isIdle(bridge.url("/health"))) {
            Thread.sleep(LOOK_EVERY_MILLISECONDS);
        }
    }

    private void loseWebhooks(Simulators simulators) {
        List<UUID> all = simulators.dataverse().contactIds();
        for (UUID person : all.subList(all.size() - differences, all.size())) {
            boolean shown =
                    simulators.didomi().enabled(person.toString(), "newsletter").orElseThrow();
            simulators
                    .didomi()
                    .choose(SimulatedChoice.by(person.toString())
                            .purpose("newsletter", !shown)
                            .silently());
        }
    }

    private void measure(Path folder, Simulators simulators) throws IOException, InterruptedException {
        String person = simulators.dataverse().contactIds().get(0).toString();
        try (ConsoleProcess console = ConsoleProcess.start(folder, simulators, jar, jvm)) {
            long begun = System.nanoTime();
            String run = console.dryRun();
            JsonNode task = console.get("/api/tasks/" + run);
            System.out.printf(
                    "dry run  %s: %,d differences of %,d read in %.1f s%n",
                    task.path("state").asText(),
                    task.path("differences").intValue(),
                    task.path("read").intValue(),
                    (System.nanoTime() - begun) / 1e9);
            String list = "/api/tasks/" + run + "/list";
            console.time("overview", times, () -> console.get("/api/overview"));
            console.time("activity, 24 hours", times, () -> console.get("/api/activity?minutes=1440"));
            console.time("person", times, () -> console.post("/api/people/show", "{\"key\":\"" + person + "\"}"));
            console.time("differences by reason", times, () -> console.get("/api/tasks/" + run + "/summary"));
            console.time("differences, first page", times, () -> console.post(list, page(0)));
            console.time("differences, last page", times, () -> console.post(list, page(differences - 50)));
            console.time("dead letters by reason", times, () -> console.get("/api/deadletters/groups"));
            console.time("dead letters, first page", times, () -> console.post("/api/deadletters/list", page(0)));
            console.time(
                    "dead letters, last page",
                    times,
                    () -> console.post("/api/deadletters/list", page(deadLetters - 50)));
            console.time("mapping", times, () -> console.get("/api/mapping"));
            console.time("access record", times, () -> console.get("/api/accesses?limit=200"));
            System.out.printf("memory   %,d MiB resident at the most, with %s%n", console.peakMemory(), jvm);
        }
    }

    private static String page(int offset) {
        return "{\"list\":\"differences\",\"offset\":" + offset + ",\"limit\":50}";
    }
}
