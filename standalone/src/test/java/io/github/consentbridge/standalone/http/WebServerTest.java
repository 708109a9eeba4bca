package io.github.consentbridge.standalone.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.consentbridge.mapping.failure.BridgeException;
import io.github.consentbridge.standalone.RawClient;
import io.github.consentbridge.sync.intake.Proxies;
import io.github.consentbridge.sync.intake.RequestBody;
import io.github.consentbridge.sync.intake.WebhookReply;
import io.github.consentbridge.sync.logging.JsonOutcomeLog;
import io.github.consentbridge.sync.logging.OutcomeLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The bounds of the server, each so short that a test sees it at work. */
@Timeout(60)
class WebServerTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final String GET = " HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final WebhookReply BUSY = WebhookReply.json(503, "busy");

    private final CountDownLatch arrived = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private final ByteArrayOutputStream logged = new ByteArrayOutputStream();
    private final OutcomeLog log = new JsonOutcomeLog(new PrintStream(logged, true, UTF_8), Clock.systemUTC());
    private final WorkerPool pool = new WorkerPool("test", 4, 4, LONG, BUSY, log);
    private final WorkerPool impatient = new WorkerPool("impatient", 1, 1, SHORT, BUSY, log);
    private final List<RawClient> clients = new ArrayList<>();
    private final ScheduledExecutorService trickle = Executors.newSingleThreadScheduledExecutor();
    private WebServer web;
    private Future<?> sending = CompletableFuture.completedFuture(null);

    private static HttpLimits limits() {
        return HttpLimits.standard();
    }

    private RawClient client() throws IOException {
        RawClient client = new RawClient(web.port());
        clients.add(client);
        return client;
    }

    private void start(HttpLimits limits) {
        start(limits, Proxies.none());
    }

    private void start(HttpLimits limits, Proxies proxies) {
        web = WebServer.start("127.0.0.1", 0, limits, proxies, this::handle);
    }

    private void handle(Exchange exchange) {
        switch (exchange.head().path()) {
            case "/echo" -> exchange.readBody(1 << 20, pool, body -> exchange.reply(echo(body)));
            case "/wait" ->
                pool.run(exchange, () -> {
                    arrived.countDown();
                    awaitRelease();
                    exchange.reply(WebhookReply.json(200, "waited"));
                });
            case "/impatient" -> impatient.run(exchange, this::awaitRelease);
            case "/fault" ->
                pool.run(exchange, () -> {
                    throw new IllegalStateException("simulated");
                });
            case "/throw" -> throw new IllegalStateException("thrown");
            default -> exchange.reply(WebhookReply.json(200, exchange.head().sourceAddress()));
        }
    }

    private static WebhookReply echo(RequestBody body) {
        try {
            return WebhookReply.json(200, body.text());
        } catch (RequestBody.RefusedException e) {
            return WebhookReply.of(e.answer());
        }
    }

    private void awaitRelease() {
        try {
            release.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterEach
    void stop() throws IOException {
        release.countDown();
        sending.cancel(true);
        trickle.shutdownNow();
        for (RawClient client : clients) {
            client.close();
        }
        if (web != null) {
            web.close();
        }
        pool.close();
        impatient.close();
    }

    private void trickle(RawClient client) {
        sending = trickle.scheduleWithFixedDelay(
                () -> {
                    try {
                        client.send("a");
                    } catch (IOException e) {
                        throw new IllegalStateException("nothing more can be sent", e);
                    }
                },
                0,
                20,
                TimeUnit.MILLISECONDS);
    }

    @Test
    void bodyIsPutTogether() throws Exception {
        start(limits());

        RawClient client = client().post("/echo", "Content-Length: 6\r\n").send("abc");
        assertThat(client().send("GET /" + GET).status()).isEqualTo(200);
        assertThat(client.send("def").answer()).startsWith("HTTP/1.1 200").endsWith("abcdef");
    }

    @Test
    void severalRequestsMayComeAtOnce() throws Exception {
        start(limits());
        String request = "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\n";

        RawClient client = client().send(request + "a" + request + "b" + "GET /" + GET);

        assertThat(client.answer()).endsWith("a");
        assertThat(client.answer()).endsWith("b");
        assertThat(client.answer()).endsWith("127.0.0.1");
    }

    @Test
    void bodyThatStopsArrivingIsAnswered() throws Exception {
        HttpLimits all = limits();
        start(new HttpLimits(9, LONG, LONG, SHORT, LONG, LONG, LONG, all.stop()));

        RawClient client = client().post("/echo", "Content-Length: 6\r\n").send("abc");

        assertThat(client.status()).isEqualTo(408);
    }

    @Test
    void bodyThatTricklesIsAnsweredAfterTheTimeForAllOfIt() throws Exception {
        start(new HttpLimits(9, LONG, LONG, LONG, SHORT, LONG, LONG, LONG));

        RawClient client = client().post("/echo", "Content-Length: 500000\r\n");
        trickle(client);

        assertThat(client.status()).isEqualTo(408);
    }

    @Test
    void headThatTricklesEndsItsConnection() throws Exception {
        start(new HttpLimits(9, SHORT, LONG, LONG, LONG, LONG, LONG, LONG));

        RawClient client = client().send("GET / HTTP/1.1\r\nHost: a\r\nX-Half: ");
        trickle(client);

        assertEnds(client);
    }

    @Test
    void connectionThatIsNotUsedAgainEnds() throws Exception {
        start(new HttpLimits(9, LONG, SHORT, LONG, LONG, LONG, LONG, LONG));

        RawClient client = client().send("GET /" + GET);

        assertThat(client.status()).isEqualTo(200);
        assertEnds(client);
    }

    /** Reset, if something was still to be read there. */
    private static void assertEnds(RawClient client) {
        try {
            assertThat(client.rest()).isEmpty();
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("reset");
        }
    }

    @Test
    void refusedSenderIsNotReadForEver() throws Exception {
        start(new HttpLimits(9, LONG, LONG, LONG, LONG, LONG, SHORT, LONG));

        RawClient client = client().post("/", "Content-Length: 500000\r\n");
        trickle(client);

        assertThat(client.status()).isEqualTo(200);
        assertEnds(client);
    }

    @Test
    void bodyWithoutAnEndIsNotReadForEver() throws Exception {
        start(limits());
        String piece = "10000\r\n" + " ".repeat(1 << 16) + "\r\n";
        RawClient client = client().post("/echo", "Transfer-Encoding: chunked\r\n");

        assertThatExceptionOfType(IOException.class).isThrownBy(() -> {
            for (int sent = 0; sent < 1_000; sent++) {
                client.send(piece);
            }
        });
    }

    @Test
    void largeBodyWaitsForItsTurn() throws Exception {
        LargeBodies large = new LargeBodies(1);
        LargeBodies.Place held = large.ask(() -> {});
        web = WebServer.start("127.0.0.1", 0, limits(), Proxies.none(), this::handle, large);
        String body = "a".repeat(200_000);
        RawClient waiting = client().post("/echo", "Content-Length: 200000\r\n").send(body);
        assertThat(client().post("/echo", "Content-Length: 5\r\n").send("small").answer())
                .endsWith("small");

        held.giveBack();

        assertThat(waiting.answer()).endsWith(body);
        await().until(large.ask(() -> {})::isGranted);
    }

    @Test
    void largeBodyThatFindsNoRoomIsAnswered() throws Exception {
        LargeBodies large = new LargeBodies(1);
        LargeBodies.Place held = large.ask(() -> {});
        HttpLimits limits = new HttpLimits(9, LONG, LONG, LONG, LONG, SHORT, LONG, SHORT);
        web = WebServer.start("127.0.0.1", 0, limits, Proxies.none(), this::handle, large);

        RawClient client = client().post("/echo", "Content-Length: 200000\r\n").send("a".repeat(200_000));

        assertThat(client.answer()).startsWith("HTTP/1.1 503").contains("too many large requests");
        held.giveBack();
        await().until(large.ask(() -> {})::isGranted);
    }

    @Test
    void newConnectionsTakeTheRoomOfIdleOnes() throws Exception {
        start(new HttpLimits(10, LONG, LONG, LONG, LONG, LONG, LONG, SHORT));
        RawClient inProgress = client().send("GET /wait" + GET);
        arrived.await();
        for (int index = 0; index < 30; index++) {
            client().send("GET / HTTP/1.1\r\n");
            client().post("/echo", "Content-Length: 6\r\n").send("abc");
        }

        assertThat(client().send("GET /" + GET).status()).isEqualTo(200);
        release.countDown();
        assertThat(inProgress.status()).isEqualTo(200);
    }

    @Test
    void workThatHangsIsAnsweredInTime() throws Exception {
        start(limits());
        RawClient running = client().send("GET /impatient" + GET);
        RawClient waiting = client().send("GET /impatient" + GET);
        RawClient oneTooMany = client().send("GET /impatient" + GET);

        assertThat(List.of(running.answer(), waiting.answer(), oneTooMany.answer()))
                .allMatch(answer -> answer.startsWith("HTTP/1.1 503") && answer.endsWith("busy"));
        assertThat(client().send("GET /" + GET).status()).isEqualTo(200);
    }

    @Test
    void workThatFailsIsAnswered() throws Exception {
        start(limits());

        assertThat(client().send("GET /fault" + GET).status()).isEqualTo(503);
        assertThat(client().send("GET /throw" + GET).status()).isEqualTo(503);
        assertThat(logged.toString(UTF_8)).contains("\"request failed\"", "IllegalStateException");
    }

    @Test
    void requestInProgressIsAnsweredWhenTheServerCloses() throws Exception {
        start(limits());
        int port = web.port();
        RawClient inProgress = client().send("GET /wait" + GET);
        RawClient idle = client();
        arrived.await();

        CompletableFuture<Void> closed = CompletableFuture.runAsync(web::close);

        await().untilAsserted(() -> assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port))
                .isInstanceOf(IOException.class));
        assertEnds(idle);
        assertThat(closed).isNotDone();
        release.countDown();
        assertThat(inProgress.answer()).endsWith("waited");
        assertThat(closed).succeedsWithin(LONG);
    }

    @Test
    void closingDoesNotWaitForSlowSenders() throws Exception {
        start(new HttpLimits(9, LONG, LONG, LONG, LONG, LONG, LONG, LONG));
        client().send("GET / HTTP/1.1\r\n");
        assertThat(client().send("GET /" + GET).status()).isEqualTo(200);
        RawClient refused = client().post("/", "Content-Length: 500000\r\n");
        assertThat(refused.status()).isEqualTo(200);

        assertThat(CompletableFuture.runAsync(web::close)).succeedsWithin(Duration.ofSeconds(20));
    }

    @Test
    void closingWaitsOnlySoLong() throws Exception {
        start(new HttpLimits(9, LONG, LONG, LONG, LONG, LONG, LONG, SHORT));
        RawClient hanging = client().send("GET /wait" + GET);
        client().post("/echo", "Content-Length: 6\r\n").send("abc");
        arrived.await();

        assertThat(CompletableFuture.runAsync(web::close)).succeedsWithin(Duration.ofSeconds(20));
        assertEnds(hanging);
    }

    @Test
    void garbageIsRefusedInJson() throws Exception {
        start(limits());

        assertThat(client().send("garbage\r\n\r\n").answer())
                .startsWith("HTTP/1.1 400")
                .endsWith("{\"status\":\"refused\"}");
        assertThat(client().send("GET /" + "a".repeat(20_000) + GET).status()).isEqualTo(414);
        assertThat(client().send("GET / HTTP/1.1\r\nHost: a\r\nX: " + "a".repeat(20_000) + "\r\n\r\n")
                        .status())
                .isEqualTo(431);
    }

    @Test
    void senderIsWhoTheProxySays() throws Exception {
        start(limits(), Proxies.inFront(List.of()));
        String forwarded = String.join(
                "\r\n",
                "GET / HTTP/1.1",
                "Host: a",
                "X-Forwarded-For: 198.51.100.9",
                "x-forwarded-for: 192.0.2.4, 203.0.113.7:4711",
                "\r\n");

        assertThat(client().send(forwarded).answer()).endsWith("203.0.113.7");
    }

    @Test
    void takenPortIsNamed() {
        start(limits());

        assertThatExceptionOfType(BridgeException.class)
                .isThrownBy(() -> WebServer.start("127.0.0.1", web.port(), limits(), Proxies.none(), this::handle))
                .withMessage("port " + web.port() + " is taken: choose another --port");
        assertThatExceptionOfType(BridgeException.class)
                .isThrownBy(() -> WebServer.start("192.0.2.1", 0, limits(), Proxies.none(), this::handle))
                .withMessageContaining("192.0.2.1");
    }
}
