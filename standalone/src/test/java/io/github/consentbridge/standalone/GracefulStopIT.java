package io.github.consentbridge.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.consentbridge.simulators.Simulators;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What SIGTERM means to those who are connected. */
class GracefulStopIT {
    private static final String BODY = "{\"type\":\"ping\"}";

    @TempDir
    Path folder;

    @Test
    void requestInProgressIsAnsweredAndNobodyElseIsWaitedFor() throws Exception {
        try (Simulators simulators = Simulators.start(Clock.systemUTC())) {
            BridgeProcess.prepare(
                    folder, simulators, "", "{\"id\": \"new_newsletter\", \"value\": {\"purpose\": \"newsletter\"}}");
            BridgeProcess bridge = BridgeProcess.start(folder, simulators, Path.of("target/bridge.jar"));
            int port = bridge.port();
            try (RawClient inProgress = new RawClient(port);
                    RawClient stranger = new RawClient(port);
                    RawClient halfHead = new RawClient(port)) {
                stranger.post("/webhooks/didomi", "Content-Length: 1000\r\n").send("{");
                halfHead.send("POST /webhooks/didomi HTTP/1.1\r\n");
                inProgress.post(
                        "/webhooks/didomi",
                        "x-consent-bridge-key: " + BridgeProcess.WEBHOOK_KEY + "\r\nContent-Length: 15\r\n"
                                + "Expect: 100-continue\r\n");
                assertThat(inProgress.line()).isEqualTo("HTTP/1.1 100 Continue");
                assertThat(inProgress.line()).isEmpty();
                inProgress.send(BODY.substring(0, 5));

                CompletableFuture<Integer> exitCode = CompletableFuture.supplyAsync(() -> terminate(bridge));
                // Ending a process closes its output while another thread is reading it, which is not what is tested
                // here.
                await().dontCatchUncaughtExceptions()
                        .untilAsserted(() -> assertThatThrownBy(() -> new RawClient(port).close())
                                .isInstanceOf(IOException.class));
                inProgress.send(BODY.substring(5));

                assertThat(inProgress.status()).isEqualTo(200);
                assertThat(exitCode).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(0);
            }
        }
    }

    private static int terminate(BridgeProcess bridge) {
        try {
            return bridge.terminate();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
