package io.github.consentbridge.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.consentbridge.simulators.Simulators;
import io.github.consentbridge.simulators.http.Fault;
import io.github.consentbridge.simulators.http.RouteKind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a running bridge says of itself while something is wrong, and how an operator lifts a pause. */
class HealthIT {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private final Simulators simulators = Simulators.start(Clock.systemUTC());

    @BeforeEach
    void configure() throws IOException {
        BridgeProcess.prepare(folder, simulators, "", """
                {"id": "donotbulkemail", "value": {"purpose": "newsletter"}, "invert": true}""");
    }

    @AfterEach
    void stop() {
        simulators.close();
    }

    private BridgeProcess start() throws IOException {
        return BridgeProcess.start(folder, simulators, Path.of("target/bridge.jar"), "-Xmx96m");
    }

    private static JsonNode health(BridgeProcess bridge) throws IOException {
        return Webhook.health(bridge.url("/health"));
    }

    private static void awaitStatus(BridgeProcess bridge, String status) {
        await().atMost(SOON).until(() -> health(bridge).path("status").asText().equals(status));
    }

    private int deliver(BridgeProcess bridge, UUID contact) throws IOException {
        String body = Deliveries.newsletter(contact.toString(), true, Instant.parse("2026-10-02T08:15:30Z"));
        return Webhook.post(bridge.url("/webhooks/didomi"), BridgeProcess.WEBHOOK_KEY, body)
                .statusCode();
    }

    private CommandLineProcess resume(String... arguments) throws Exception {
        String[] all = new String[arguments.length + 7];
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        all[0] = "resume";
        String[] places = {"--config", "integration.json", "--secrets", "secrets.json", "--data", "data"};
        System.arraycopy(places, 0, all, arguments.length + 1, places.length);
        return CommandLineProcess.run(folder, all);
    }

    @Test
    void systemsThatAreDownDoNotKeepItFromStarting() throws Exception {
        simulators.close();

        try (BridgeProcess bridge = start()) {
            assertThat(deliver(bridge, UUID.randomUUID())).isEqualTo(202);
            awaitStatus(bridge, "degraded");
            // Both of one answer: between two, the delivery may have changed from one to the other.
            JsonNode queue = health(bridge).path("queue");
            assertThat(queue.path("depth").asInt() + queue.path("in_flight").asInt())
                    .isEqualTo(1);
        }
    }

    @Test
    void refusedSecretShowsAlthoughNoDeliveryComes() throws Exception {
        simulators.entra().register(simulators.entra().clientId(), "another-secret-than-that-of-the-file");

        try (BridgeProcess bridge = start()) {
            awaitStatus(bridge, "degraded");

            JsonNode health = health(bridge);
            assertThat(health.at("/paused_until/dataverse").isTextual()).isTrue();
            assertThat(health.at("/problems/0").asText()).contains("Dataverse is paused", "doctor");
        }
    }

    @Test
    void resumeLiftsThePauseOfARunningBridgeAndOfAStoppedOne() throws Exception {
        UUID ada = simulators.dataverse().addContact(Map.of("donotbulkemail", true));
        simulators.dataverse().faults().always(RouteKind.ANY, Fault.throttled(Duration.ofHours(2)));
        try (BridgeProcess bridge = start()) {
            assertThat(deliver(bridge, ada)).isEqualTo(202);
            await().atMost(SOON).until(() -> Webhook.isPaused(bridge.url("/health")));
            simulators.dataverse().faults().clear();

            assertThat(resume("didomi")).isEqualTo(new CommandLineProcess(1, "Didomi was not paused\n"));
            CommandLineProcess lifted = resume("dataverse");

            assertThat(lifted.exitCode()).as(lifted.output()).isZero();
            assertThat(lifted.output())
                    .startsWith("Dataverse was paused until ")
                    .endsWith("the pause is lifted\n");
            await().atMost(SOON)
                    .until(() -> Boolean.FALSE.equals(
                            simulators.dataverse().contact(ada).get("donotbulkemail")));
            assertThat(resume()).isEqualTo(new CommandLineProcess(1, "nothing was paused\n"));
            simulators.dataverse().faults().always(RouteKind.ANY, Fault.throttled(Duration.ofHours(2)));
            deliver(bridge, ada);
            await().atMost(SOON).until(() -> Webhook.isPaused(bridge.url("/health")));
            bridge.terminate();
        }

        assertThat(resume("--json").output()).startsWith("{\"lifted\":{\"dataverse\":\"");
        assertThat(resume().exitCode()).isEqualTo(1);
    }
}
