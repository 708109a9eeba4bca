package io.github.consentbridge.standalone;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.simulators.Simulators;
import io.github.consentbridge.standalone.host.ControlFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whoever sends slowly, too much or without a key keeps nobody else waiting, and is answered before the body has come. */
class SlowSendersIT {
    private static final String KEY = "x-consent-bridge-key: " + BridgeProcess.WEBHOOK_KEY + "\r\n";
    private static final String DIDOMI = "/webhooks/didomi";
    private static final int MEBIBYTE = 1 << 20;

    @TempDir
    static Path folder;

    private static Simulators simulators;
    private static BridgeProcess bridge;

    private final List<RawClient> clients = new ArrayList<>();

    @BeforeAll
    static void start() throws IOException {
        simulators = Simulators.start(Clock.systemUTC());
        BridgeProcess.prepare(
                folder,
                simulators,
                "\"contact_key\": \"emailaddress1\"",
                "{\"id\": \"donotbulkemail\", \"value\": {\"purpose\": \"newsletter\"}, \"invert\": true}");
        bridge = BridgeProcess.start(folder, simulators, Path.of("target/bridge.jar"), "-Xmx64m");
    }

    @AfterAll
    static void stop() throws IOException {
        bridge.close();
        simulators.close();
    }

    @AfterEach
    void disconnect() throws IOException {
        for (RawClient client : clients) {
            client.close();
        }
    }

    private RawClient client() throws IOException {
        return connected(bridge.port());
    }

    private RawClient connected(int port) throws IOException {
        RawClient client = new RawClient(port);
        clients.add(client);
        return client;
    }

    @Test
    void halfRequestsOfStrangersKeepNobodyWaiting() throws IOException {
        for (int index = 0; index < 70; index++) {
            client().post(DIDOMI, "Content-Length: 1000\r\n").send("{");
        }

        assertEverybodyElseIsAnswered();
    }

    @Test
    void halfBodiesOfTheSenderKeepNobodyWaiting() throws IOException {
        for (int index = 0; index < 70; index++) {
            client().post(DIDOMI, KEY + "Content-Length: 1000\r\n").send("{");
        }

        assertEverybodyElseIsAnswered();
    }

    @Test
    void halfRequestsForATokenKeepNobodyWaiting() throws IOException {
        for (int index = 0; index < 70; index++) {
            client().post("/oauth/token", "Content-Length: 1000\r\n").send("g");
        }

        assertEverybodyElseIsAnswered();
    }

    @Test
    void halfHeadsKeepNobodyWaiting() throws IOException {
        for (int index = 0; index < 1_000; index++) {
            client().send("POST " + DIDOMI + " HTTP/1.1\r\nHost: a\r\nX-Half");
        }

        assertEverybodyElseIsAnswered();
    }

    @Test
    void largeHeadsCostNoMemory() throws IOException {
        byte[] head = new byte[370 << 10];
        Arrays.fill(head, (byte) 'a');
        for (int index = 0; index < 80; index++) {
            try {
                client().send("GET /health HTTP/1.1\r\nHost: a\r\nX-Large: ").send(head);
            } catch (IOException e) {
                // The server need not take all of it.
                assertThat(e).hasMessageMatching("Broken pipe|Connection reset.*");
            }
        }

        assertEverybodyElseIsAnswered();
        assertThat(bridge.output()).doesNotContain("OutOfMemoryError");
    }

    @Test
    void manyHeadersAreRefused() throws IOException {
        String headers = "X-Many: a\r\n".repeat(200);

        assertThat(client().send("GET /health HTTP/1.1\r\nHost: a\r\n" + headers + "\r\n")
                        .status())
                .isEqualTo(431);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /webhooks/didomi, x-other: a, 401",
        "POST, /webhooks/dynamics, x-consent-bridge-key: wrong-webhook-key-0123456789, 401",
        "POST, /oauth/token, Authorization: Basic Y2xpZW50OnNlY3JldA==, 401",
        "POST, /webhooks/unknown, x-other: a, 404",
        "PUT, /webhooks/didomi, x-other: a, 405",
        "POST, /health, x-other: a, 405"
    })
    void refusalComesWhileTheBodyIsArriving(String method, String path, String header, int status) throws IOException {
        RawClient client = client().send(method + " " + path + " HTTP/1.1\r\nHost: a\r\n" + header + "\r\n"
                + "Content-Length: 500000\r\n\r\n" + " ".repeat(1000));

        assertThat(client.status()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"Content-Encoding: gzip, 415", "X-Other: a, 413"})
    void theSendersBodyIsRefusedByItsHead(String header, int status) throws IOException {
        RawClient client = client().post(DIDOMI, KEY + header + "\r\nContent-Length: 2000000\r\n");

        assertThat(client.status()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "/webhooks/didomi, x-other: a, 401",
        "/webhooks/didomi, x-consent-bridge-key: " + BridgeProcess.WEBHOOK_KEY + ", 413",
        "/oauth/token, x-other: a, 401",
        "/webhooks/unknown, x-other: a, 404",
        "/health, x-other: a, 405"
    })
    void tenMebibytesInPiecesAreAnsweredWhenAllIsSent(String path, String header, int status) throws IOException {
        byte[] piece = ("400\r\n" + " ".repeat(1 << 10) + "\r\n").repeat(64).getBytes(US_ASCII);
        RawClient client = client().post(path, header + "\r\nTransfer-Encoding: chunked\r\n");
        for (int sent = 0; sent < 10 * MEBIBYTE; sent += 1 << 16) {
            client.send(piece);
        }

        assertThat(client.send("0\r\n\r\n").status()).isEqualTo(status);
    }

    @Test
    void bodyThatWasAskedForMayStillBeTooLarge() throws IOException {
        RawClient client = client().post(DIDOMI, KEY + "Transfer-Encoding: chunked\r\nExpect: 100-continue\r\n");
        assertThat(client.line()).isEqualTo("HTTP/1.1 100 Continue");
        assertThat(client.line()).isEmpty();
        for (int sent = 0; sent < 10; sent++) {
            client.send("100000\r\n" + " ".repeat(MEBIBYTE) + "\r\n");
        }

        assertThat(client.send("0\r\n\r\n").status()).isEqualTo(413);
    }

    @Test
    void bodyIsAskedForOnlyIfItIsWelcome() throws IOException {
        String expecting = "Content-Length: 15\r\nExpect: 100-continue\r\n";
        RawClient stranger = client().post(DIDOMI, expecting);
        RawClient sender = client().post(DIDOMI, KEY + expecting);

        assertThat(stranger.rest()).startsWith("HTTP/1.1 401").doesNotContain("100 Continue");
        assertThat(sender.line()).isEqualTo("HTTP/1.1 100 Continue");
        assertThat(sender.line()).isEmpty();
        assertThat(sender.send("{\"type\":\"ping\"}").status()).isEqualTo(200);
    }

    @Test
    void refusedSenderMayGoOnUsingTheConnection() throws IOException {
        RawClient client = client().post(DIDOMI, "Content-Length: 2\r\n").send("{}");

        assertThat(client.status()).isEqualTo(401);
        assertThat(client.post(DIDOMI, KEY + "Content-Length: 15\r\n")
                        .send("{\"type\":\"ping\"}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void controlChecksItsKeyBeforeTheBody() throws IOException {
        ControlFile control = ControlFile.read(folder.resolve("data")).orElseThrow();
        String key = ControlFile.HEADER + ": " + control.key().value() + "\r\n";
        for (int index = 0; index < 20; index++) {
            connected(control.port())
                    .post("/explain", key + "Content-Length: 1000\r\n")
                    .send("{");
        }

        assertThat(connected(control.port())
                        .post("/explain", "Content-Length: 1000\r\n")
                        .status())
                .isEqualTo(401);
        assertThat(connected(control.port())
                        .post("/explain", key + "Content-Length: 100000\r\n")
                        .status())
                .isEqualTo(413);
        assertThat(connected(control.port())
                        .post("/explain", key + "Content-Length: 13\r\n")
                        .send("{\"key\":\"ada\"}")
                        .status())
                .isEqualTo(404);
    }

    private static void assertEverybodyElseIsAnswered() throws IOException {
        Instant before = Instant.now();
        try (RawClient operator = new RawClient(bridge.port());
                RawClient sender = new RawClient(bridge.port())) {
            operator.send("GET /health HTTP/1.1\r\nHost: a\r\n\r\n");
            sender.post(DIDOMI, KEY + "Content-Length: 15\r\n").send("{\"type\":\"ping\"}");

            assertThat(operator.status()).isEqualTo(200);
            assertThat(sender.status()).isEqualTo(200);
            assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(8));
        }
    }
}
