package io.github.consentbridge.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.consentbridge.simulators.Simulators;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Remote systems whose answers do not end. The bridge keeps accepting, and ends in time. */
@Execution(ExecutionMode.CONCURRENT)
class HostileSystemIT {
    private static final String PERSON = "b3a0c8f2-5d1e-4a77-9c64-2f8e6d1a9b05";

    @TempDir
    Path folder;

    private final Simulators simulators = Simulators.start(Clock.systemUTC());

    enum Remote {
        DATAVERSE,
        DIDOMI,
        ENTRA
    }

    @AfterEach
    void stop() {
        simulators.close();
    }

    private BridgeProcess start(Remote remote, RawServer raw, String heap) throws IOException {
        BridgeProcess.prepare(folder, simulators, "\"bidirectional\": true", """
                {"id": "donotbulkemail", "value": {"purpose": "newsletter"}, "invert": true}""");
        String secrets = BridgeProcess.secrets(simulators);
        if (remote == Remote.DATAVERSE) {
            secrets = secrets.replace(simulators.dataverse().url().toString(), raw.url());
        }
        BridgeProcess.writeSecret(folder.resolve("secrets.json"), secrets);
        Map<String, String> environment = new HashMap<>();
        if (remote == Remote.DIDOMI) {
            environment.put("DIDOMI_API_URL", raw.url());
        } else if (remote == Remote.ENTRA) {
            environment.put("ENTRA_LOGIN_URL", raw.url());
        }
        return BridgeProcess.start(folder, simulators, environment, Path.of("target/bridge.jar"), heap);
    }

    private static int deliver(BridgeProcess bridge) throws IOException {
        return Webhook.post(
                        bridge.url("/webhooks/didomi"),
                        BridgeProcess.WEBHOOK_KEY,
                        Deliveries.newsletter(PERSON, true, Instant.parse("2026-10-02T08:15:30Z")))
                .statusCode();
    }

    @ParameterizedTest
    @EnumSource
    void terminationEndsInTimeWhileABodyComesByteByByte(Remote remote) throws Exception {
        terminationEndsInTime(remote, RawServer.DRIPPING_BODY);
    }

    @Test
    void terminationEndsInTimeWhileAHeadComesByteByByte() throws Exception {
        terminationEndsInTime(Remote.DATAVERSE, RawServer.DRIPPING_HEAD);
    }

    private void terminationEndsInTime(Remote remote, RawServer.Answer answer) throws Exception {
        try (RawServer raw = new RawServer(answer);
                BridgeProcess bridge = start(remote, raw, "-Xmx96m")) {
            assertThat(deliver(bridge)).isEqualTo(202);
            Process reconciliation = CommandLineProcess.start(folder, Map.of(), reconcile());
            raw.awaitRequest();
            Instant start = Instant.now();

            assertThat(bridge.terminate()).isZero();

            assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(20));
            assertThat(reconciliation.waitFor()).isNotZero();
        }
    }

    private static String[] reconcile() {
        return new String[] {"reconcile", "--config", "integration.json", "--secrets", "secrets.json", "--data", "data"
        };
    }

    @Test
    void answerWithoutEndIsAFailureAndCostsAFractionOfTheHeap() throws Exception {
        try (RawServer raw = new RawServer(RawServer.ENDLESS);
                BridgeProcess bridge = start(Remote.DATAVERSE, raw, "-Xmx96m")) {
            assertThat(deliver(bridge)).isEqualTo(202);

            await().atMost(Duration.ofMinutes(1)).until(() -> Webhook.isPaused(bridge.url("/health")));

            assertThat(bridge.output()).contains("Dataverse").doesNotContain("OutOfMemoryError");
            assertThat(deliver(bridge)).isEqualTo(202);
        }
    }
}
