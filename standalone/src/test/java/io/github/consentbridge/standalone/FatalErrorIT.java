package io.github.consentbridge.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.simulators.Simulators;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A thread that ends by an Error ends the process: here a part of the program is missing when it is first needed. */
@Timeout(value = 90, unit = TimeUnit.SECONDS)
class FatalErrorIT {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "sync/worker/PersonNews, worker-",
        "standalone/store/StoredBody, store-writer",
    })
    void threadWithoutAPartOfTheProgramEndsTheProcess(String missing, String thread) throws Exception {
        try (Simulators simulators = Simulators.start(Clock.systemUTC())) {
            BridgeProcess.prepare(folder, simulators, "", """
                    {"id": "donotbulkemail", "value": {"purpose": "newsletter"}, "invert": true}""");
            Path jar = without(missing);
            try (BridgeProcess bridge = BridgeProcess.start(folder, simulators, jar, "-Xmx96m")) {
                deliver(bridge);

                assertThat(bridge.waitFor()).isEqualTo(3);

                assertThat(bridge.output().lines().filter(line -> line.contains("\"process ends\"")))
                        .singleElement()
                        .asString()
                        .contains("\"level\":\"error\"", "NoClassDefFoundError", missing, thread);
            }
        }
    }

    /** The answer may not come any more. */
    private static void deliver(BridgeProcess bridge) {
        String body = Deliveries.newsletter(
                "b3a0c8f2-5d1e-4a77-9c64-2f8e6d1a9b05", true, Instant.parse("2026-10-02T08:15:30Z"));
        try {
            Webhook.post(bridge.url("/webhooks/didomi"), BridgeProcess.WEBHOOK_KEY, body);
        } catch (IOException e) {
            assertThat(e).isNotInstanceOf(ConnectException.class);
        }
    }

    private Path without(String type) throws IOException {
        Path jar = Files.copy(Path.of("target/bridge.jar"), folder.resolve("incomplete.jar"));
        try (FileSystem content = FileSystems.newFileSystem(URI.create("jar:" + jar.toUri()), Map.of())) {
            Files.delete(content.getPath("io/github/consentbridge/" + type + ".class"));
        }
        return jar;
    }
}
