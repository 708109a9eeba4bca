package io.github.consentbridge.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.consentbridge.simulators.Simulators;
import io.github.consentbridge.simulators.dataverse.column.SimulatedColumn;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged program on a disk that fills: what it accepted is applied when there is space again, and it need not be
 * started anew. The disk is a file system of 8 MiB where this user may mount one; where files may not grow, the same is
 * expected, which needs no privilege.
 */
class FullDiskIT {
    private static final Instant AT = Instant.parse("2026-10-02T08:15:30.120Z");

    /** Large, so that the room left in what is written already is soon used up. */
    private static final String PADDING = "\"metadata\": \"%s\", ".formatted("x".repeat(100_000));

    private static final int MAX_DELIVERIES = 500;

    @TempDir
    Path folder;

    private final Simulators simulators = Simulators.start(Clock.systemUTC());
    private final List<UUID> accepted = new ArrayList<>();

    @AfterEach
    void stopSimulators() {
        simulators.close();
    }

    @Test
    void fullFileSystemIsSurvived() throws Exception {
        Path data = Files.createDirectory(folder.resolve("data"));
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=8m,mode=700", "tmpfs", data.toString()) == 0,
                "needs the right to mount a file system");
        try {
            survives(bridge -> fill(data.resolve("filler")), bridge -> Files.delete(data.resolve("filler")));
        } finally {
            run("umount", data.toString());
        }
    }

    /** As with a quota, or a file system's own limit. What is small may still find room. */
    @Test
    void filesThatCannotGrowAreSurvived() throws Exception {
        assumeTrue(run("prlimit", "--version") == 0, "needs prlimit, of util-linux");

        survives(bridge -> limit(bridge, "1000000"), bridge -> limit(bridge, "unlimited"));
    }

    private static void limit(BridgeProcess bridge, String bytes) throws Exception {
        assertThat(run("prlimit", "--pid=" + bridge.pid(), "--fsize=" + bytes + ":unlimited"))
                .isZero();
    }

    private interface Change {
        void of(BridgeProcess bridge) throws Exception;
    }

    private void survives(Change full, Change spacious) throws Exception {
        simulators.dataverse().column(SimulatedColumn.bool("new_newsletter"));
        BridgeProcess.prepare(folder, simulators, "\"contact_key\": \"emailaddress1\"", """
                {"id": "new_newsletter", "value": {"purpose": "newsletter"}}""");
        try (BridgeProcess bridge = BridgeProcess.start(folder, simulators, Path.of("target/bridge.jar"), "-Xmx128m")) {
            assertThat(deliver(bridge)).isEqualTo(202);

            full.of(bridge);
            int answer = 202;
            for (int count = 0; answer == 202; count++) {
                assertThat(count).as("deliveries until the disk was full").isLessThan(MAX_DELIVERIES);
                answer = deliver(bridge);
            }
            assertThat(answer).isEqualTo(503);
            assertThat(status(bridge)).isEqualTo("down");
            assertThat(Webhook.get(bridge.url("/metrics")))
                    .contains(
                            "consent_bridge_health_status{status=\"down\"} 1.0",
                            "consent_bridge_deliveries_not_stored_total{direction=\"to_dynamics\"} 1.0");

            spacious.of(bridge);
            // Without a delivery.
            await().atMost(Duration.ofSeconds(20)).until(() -> !status(bridge).equals("down"));
            await().atMost(Duration.ofSeconds(20)).until(() -> deliver(bridge) == 202);
            await().atMost(Duration.ofMinutes(1)).until(() -> Webhook.isIdle(bridge.url("/health")));
        }

        assertThat(accepted)
                .allSatisfy(contact ->
                        assertThat(simulators.dataverse().contact(contact)).containsEntry("new_newsletter", true));
    }

    private static String status(BridgeProcess bridge) throws IOException {
        return Webhook.health(bridge.url("/health")).path("status").asText();
    }

    /** Lets a new person choose; gives the answer. */
    private int deliver(BridgeProcess bridge) throws IOException {
        String person = "p" + UUID.randomUUID() + "@example.org";
        UUID contact = simulators.dataverse().addContact(Map.of("emailaddress1", person));
        String body = Deliveries.newsletter(person, true, AT).replaceFirst("\\{", "{" + PADDING);
        Instant start = Instant.now();
        int status = Webhook.post(bridge.url("/webhooks/didomi"), BridgeProcess.WEBHOOK_KEY, body)
                .statusCode();
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(5));
        if (status == 202) {
            accepted.add(contact);
        }
        return status;
    }

    private static void fill(Path file) {
        byte[] block = new byte[4096];
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left");
        }
    }

    private static int run(String... command) throws Exception {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            // The program is not there.
            return -1;
        }
    }
}
