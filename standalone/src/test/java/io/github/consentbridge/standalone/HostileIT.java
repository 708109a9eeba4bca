package io.github.consentbridge.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.simulators.Simulators;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What nobody should send is refused, nothing of it is stored, and the bridge has the same memory afterwards. */
class HostileIT {
    private static final int MEBIBYTE = 1 << 20;

    @TempDir
    static Path folder;

    private static Simulators simulators;
    private static BridgeProcess bridge;

    @BeforeAll
    static void start() throws IOException {
        simulators = Simulators.start(Clock.systemUTC());
        BridgeProcess.prepare(folder, simulators, "\"contact_key\": \"emailaddress1\"", """
                {"id": "donotbulkemail", "value": {"purpose": "newsletter"}, "invert": true}""");
        bridge = BridgeProcess.start(folder, simulators, Path.of("target/bridge.jar"), "-Xmx64m");
    }

    @AfterAll
    static void stop() throws IOException {
        bridge.close();
        simulators.close();
    }

    @Test
    void tenMebibytesAreRefusedWhateverTheSenderClaims() throws IOException {
        byte[] large = new byte[10 * MEBIBYTE];
        Arrays.fill(large, (byte) ' ');

        assertThat(status(BodyPublishers.ofByteArray(large))).isEqualTo(413);
        assertThat(status(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large))))
                .isEqualTo(413);
        assertNothingStored();
    }

    @Test
    void manyLargeBodiesAtOnceShareTheMemory() throws Exception {
        byte[] body = "[".repeat(MEBIBYTE - 1).getBytes(StandardCharsets.US_ASCII);
        ExecutorService senders = Executors.newFixedThreadPool(48);
        List<Future<Integer>> answers = new ArrayList<>();
        for (int index = 0; index < 200; index++) {
            answers.add(senders.submit(() -> status(BodyPublishers.ofByteArray(body))));
        }
        for (Future<Integer> answer : answers) {
            assertThat(answer.get()).isIn(400, 503);
        }
        senders.shutdown();

        assertThat(bridge.output()).doesNotContain("OutOfMemoryError");
        assertNothingStored();
    }

    @Test
    void compressedBombIsNotUnpacked() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(new byte[50 * MEBIBYTE]);
        }
        HttpRequest.Builder request = authorized().header("content-encoding", "gzip");

        int status = Webhook.send(request, BodyPublishers.ofByteArray(packed.toByteArray()))
                .statusCode();

        assertThat(status).isEqualTo(415);
        assertNothingStored();
    }

    @Test
    void deepNestingBadEncodingAndGarbageAreRefused() throws IOException {
        byte[] notUtf8 = "{\"type\":\"\u00ff\"}".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(status(BodyPublishers.ofString("{\"a\":".repeat(65) + "1" + "}".repeat(65))))
                .isEqualTo(400);
        assertThat(status(BodyPublishers.ofByteArray(notUtf8))).isEqualTo(400);
        assertThat(status(BodyPublishers.ofString("no JSON"))).isEqualTo(400);
        assertThat(status(BodyPublishers.noBody())).isEqualTo(400);
        assertNothingStored();
    }

    @Test
    void strangersGetTheSameAnswerWhateverTheySend() throws IOException {
        var wrong = Webhook.post(bridge.url("/webhooks/didomi"), "wrong-webhook-key-0123456789", "no JSON");
        var none = Webhook.send(Webhook.request(bridge.url("/webhooks/didomi")), BodyPublishers.ofString("{}"));

        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(none.statusCode()).isEqualTo(401);
        assertThat(none.body()).isEqualTo(wrong.body());
        assertNothingStored();
    }

    @Test
    void unknownPathAndWrongMethodHaveTheirStatus() throws Exception {
        assertThat(raw("GET /webhooks/didomi HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 405");
        assertThat(raw("GET /admin HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 404");
        assertThat(raw("POST /health HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 405");
        assertThat(
                        raw(
                                "POST /webhooks/didomi/extra HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 404");
    }

    @Test
    void routesAreFoundBehindABasePath() throws IOException {
        assertThat(Webhook.post(
                                bridge.url("/acme/bridge/webhooks/didomi"),
                                BridgeProcess.WEBHOOK_KEY,
                                "{\"type\": \"ping\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(Webhook.post(bridge.url("/acme/bridge/webhooks/dynamics"), "wrong-webhook-key-0123456789", "{}")
                        .statusCode())
                .isEqualTo(401);
        assertThat(Webhook.post(bridge.url("/acme/bridge/oauth/token"), "", "grant_type=client_credentials")
                        .body())
                .contains("invalid_client");
    }

    @Test
    void answersGoOnAfterAClientThatBreaksOff() throws IOException {
        for (int index = 0; index < 100; index++) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), bridge.port())) {
                socket.getOutputStream()
                        .write("POST /webhooks/didomi HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n{"
                                .getBytes(StandardCharsets.US_ASCII));
            }
        }

        String body = Deliveries.newsletter("nobody@example.org", true, Instant.parse("2026-10-02T08:15:30Z"));
        assertThat(Webhook.post(bridge.url("/webhooks/didomi"), BridgeProcess.WEBHOOK_KEY, body)
                        .statusCode())
                .isEqualTo(202);
    }

    private static String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), bridge.port());
                InputStream in = socket.getInputStream()) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    private static HttpRequest.Builder authorized() {
        return Webhook.request(bridge.url("/webhooks/didomi"))
                .header("x-consent-bridge-key", BridgeProcess.WEBHOOK_KEY);
    }

    private static int status(BodyPublisher body) throws IOException {
        return Webhook.send(authorized(), body).statusCode();
    }

    private static void assertNothingStored() throws IOException {
        assertThat(Webhook.health(bridge.url("/health")).at("/queue/depth").asInt(-1))
                .isZero();
    }
}
