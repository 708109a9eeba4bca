package io.github.consentbridge.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.simulators.Simulators;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Behind two proxies, of which the first is on this machine: the sender is who called the second. */
class BehindProxyIT {
    private static final String BODY = "{\"type\":\"ping\"}";

    @TempDir
    static Path folder;

    private static Simulators simulators;
    private static BridgeProcess bridge;

    @BeforeAll
    static void start() throws IOException {
        simulators = Simulators.start(Clock.systemUTC());
        BridgeProcess.prepare(
                folder,
                simulators,
                "\"didomi_source_ips\": [\"203.0.113.7\", \"2001:db8:7::/48\"]",
                "{\"id\": \"new_newsletter\", \"value\": {\"purpose\": \"newsletter\"}}");
        List<String> options = List.of(
                "--behind-proxy", "--trusted-proxy", "10.0.0.0/8,192.0.2.4", "--trusted-proxy", "2001:db8:ffff::/48");
        bridge = BridgeProcess.startWith(options, folder, simulators, Path.of("target/bridge.jar"));
    }

    @AfterAll
    static void stop() throws IOException {
        bridge.close();
        simulators.close();
    }

    private static int status(String forwardedFor) throws IOException {
        String key = "x-consent-bridge-key: " + BridgeProcess.WEBHOOK_KEY + "\r\n";
        try (RawClient client = new RawClient(bridge.port())) {
            return client.post("/webhooks/didomi", key + forwardedFor + "Content-Length: 15\r\n")
                    .send(BODY)
                    .status();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "203.0.113.7",
                "203.0.113.7:4711",
                "203.0.113.7, 10.1.2.3",
                "203.0.113.7:4711, 192.0.2.4:80, 10.1.2.3",
                "198.51.100.9, 203.0.113.7, 10.1.2.3",
                "[2001:db8:7::1]:443, 10.1.2.3",
                "2001:db8:7::1, [2001:db8:ffff::2]:443"
            })
    void senderOnTheListIsAccepted(String forwardedFor) throws IOException {
        assertThat(status("X-Forwarded-For: " + forwardedFor + "\r\n")).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "198.51.100.9",
                "203.0.113.7, 198.51.100.9",
                "203.0.113.7, 198.51.100.9:4711, 10.1.2.3",
                "203.0.113.7, unknown, 10.1.2.3",
                "10.1.2.3"
            })
    void addressForgedByTheSenderCountsForNothing(String forwardedFor) throws IOException {
        assertThat(status("X-Forwarded-For: " + forwardedFor + "\r\n")).isEqualTo(403);
    }

    @Test
    void senderThatTheProxyDoesNotNameIsRefused() throws IOException {
        assertThat(status("")).isEqualTo(403);
    }

    @Test
    void otherAddressIsRefusedWhileItsBodyIsArriving() throws IOException {
        try (RawClient client = new RawClient(bridge.port())) {
            client.post("/webhooks/didomi", "X-Forwarded-For: 198.51.100.9\r\nContent-Length: 500000\r\n")
                    .send("{");

            assertThat(client.status()).isEqualTo(403);
        }
    }
}
