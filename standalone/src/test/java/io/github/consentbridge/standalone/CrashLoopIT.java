package io.github.consentbridge.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.simulators.Simulators;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that dies and is started again, for ever, leaves nothing more behind each time. */
class CrashLoopIT {
    private static final int CRASHES = 10;

    @TempDir
    Path folder;

    @Test
    void killedAgainAndAgainItLeavesAsMuchAsOnce() throws Exception {
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        try (Simulators simulators = Simulators.start(Clock.systemUTC())) {
            BridgeProcess.prepare(folder, simulators, "", """
                    {"id": "donotbulkemail", "value": {"purpose": "newsletter"}, "invert": true}""");
            crash(simulators, temporary);
            List<String> once = files();
            long size = size();

            for (int crash = 1; crash < CRASHES; crash++) {
                crash(simulators, temporary);
            }

            assertThat(files()).hasSameSizeAs(once);
            assertThat(size()).isLessThan(size + 200_000);
        }
    }

    private void crash(Simulators simulators, Path temporary) throws IOException {
        try (BridgeProcess bridge = BridgeProcess.start(
                folder, simulators, Path.of("target/bridge.jar"), "-Xmx96m", "-Djava.io.tmpdir=" + temporary)) {
            String body = Deliveries.newsletter(
                    "b3a0c8f2-5d1e-4a77-9c64-2f8e6d1a9b05", true, Instant.parse("2026-10-02T08:15:30Z"));
            assertThat(Webhook.post(bridge.url("/webhooks/didomi"), BridgeProcess.WEBHOOK_KEY, body)
                            .statusCode())
                    .isEqualTo(202);
            bridge.kill();
        }
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(path -> !path.toString().contains("hsperfdata"))
                    .map(Path::toString)
                    .sorted()
                    .toList();
        }
    }

    private long size() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            long bytes = 0;
            for (Path path : all.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(path);
            }
            return bytes;
        }
    }
}
