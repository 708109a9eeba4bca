package io.github.consentbridge.standalone.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.consentbridge.simulators.Simulators;
import io.github.consentbridge.simulators.http.ManualClock;
import io.github.consentbridge.standalone.RawClient;
import io.github.consentbridge.sync.logging.JsonOutcomeLog;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets in, and who does not. */
@Timeout(60)
class ConsoleSecurityTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
                    + " form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

    @TempDir
    Path folder;

    private final ManualClock clock = new ManualClock("2026-10-02T08:00:00Z");
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final Simulators simulators = Simulators.start(Clock.systemUTC());
    private ConsoleServer console;

    @BeforeEach
    void start() throws Exception {
        JsonOutcomeLog failures =
                new JsonOutcomeLog(new PrintStream(log, true, StandardCharsets.UTF_8), Optional::empty, clock);
        console = ConsoleServer.start(
                new HostSubject(TestPlaces.in(folder, simulators), clock, failures), Optional.empty(), 0, clock);
    }

    @AfterEach
    void stop() {
        console.close();
        simulators.close();
    }

    private String base() {
        return "http://127.0.0.1:" + console.port();
    }

    private static HttpResponse<String> ask(String url) throws Exception {
        return HTTP.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** A request as it is written, whatever an HTTP client would refuse. */
    private String raw(String head, String body) throws Exception {
        try (RawClient client = new RawClient(console.port())) {
            return client.send(head.replace("\n", "\r\n") + "\r\n" + body).answer();
        }
    }

    private static void assertStatus(int status, String answer) {
        assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
    }

    @Test
    void addressOpensOnce() throws Exception {
        HttpResponse<String> first = ask(console.openingAddress().toString());

        assertThat(first.statusCode()).isEqualTo(303);
        assertThat(first.headers().firstValue("location")).contains("/");
        assertThat(first.headers().firstValue("set-cookie").orElseThrow())
                .matches("bridge_console=[0-9a-f]{64}; Path=/; HttpOnly; SameSite=Strict");
        assertThat(ask(console.openingAddress().toString()).statusCode()).isEqualTo(410);
    }

    @Test
    void wrongAddressOpensNothingAndUsesNothingUp() throws Exception {
        HttpResponse<String> wrong = ask(base() + "/open/" + "0".repeat(64));

        assertThat(wrong.statusCode()).isEqualTo(404);
        assertThat(wrong.headers().firstValue("set-cookie")).isEmpty();
        assertThat(ask(console.openingAddress().toString()).statusCode()).isEqualTo(303);
    }

    @Test
    void addressExpiresUnused() throws Exception {
        clock.advance(Duration.ofMinutes(5).plusSeconds(1));

        assertThat(ask(console.openingAddress().toString()).statusCode()).isEqualTo(410);
    }

    @Test
    void pageNeedsTheSession() throws Exception {
        assertThat(ask(base() + "/").statusCode()).isEqualTo(401);

        ConsoleBrowser browser = ConsoleBrowser.open(console);

        assertThat(browser.getStatus("/")).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/session", "/api/overview", "/api/events", "/api/unknown"})
    void apiNeedsTheSession(String path) throws Exception {
        ConsoleBrowser.open(console);

        HttpResponse<String> refused = HTTP.send(
                HttpRequest.newBuilder(URI.create(base() + path))
                        .header("cookie", "bridge_console=" + "0".repeat(64))
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.body()).contains("\"error\":");
    }

    @Test
    void idleSessionEnds() throws Exception {
        ConsoleBrowser browser = ConsoleBrowser.open(console);
        clock.advance(Duration.ofMinutes(14));
        assertThat(browser.getStatus("/api/session")).isEqualTo(200);
        clock.advance(Duration.ofMinutes(14));
        assertThat(browser.getStatus("/api/session")).isEqualTo(200);

        clock.advance(Duration.ofMinutes(15));

        assertThat(browser.getStatus("/api/session")).isEqualTo(401);
    }

    @Test
    void openStreamDoesNotKeepTheSessionAlive() throws Exception {
        ConsoleBrowser browser = ConsoleBrowser.open(console);
        List<String> lines = browser.listen();
        await().until(() -> lines.contains("event: overview"));

        clock.advance(Duration.ofMinutes(14).plusSeconds(30));

        await().until(() -> lines.contains("event: session"));
        assertThat(lines).contains("data: {\"ends_in_seconds\":30}").doesNotContain("end");

        clock.advance(Duration.ofSeconds(30));

        await().until(() -> lines.contains("end"));
        assertThat(browser.getStatus("/api/session")).isEqualTo(401);
    }

    @Test
    void sessionEndsOnDemand() throws Exception {
        ConsoleBrowser browser = ConsoleBrowser.open(console);

        browser.post("/api/session/end", "{}");

        assertThat(browser.getStatus("/api/session")).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"attacker.example", "127.0.0.1", "localhost:1", "127.0.0.1.attacker.example:%d", "[::1]"})
    void otherNamesOfThisMachineAreRefused(String host) throws Exception {
        ConsoleBrowser browser = ConsoleBrowser.open(console);
        String name = host.formatted(console.port());

        String answer = raw("GET /api/session HTTP/1.1\nHost: " + name + "\nCookie: " + browser.cookie() + "\n", "");

        assertStatus(421, answer);
        assertThat(answer).doesNotContain(browser.csrf());
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:%d", "localhost:%d", "[::1]:%d"})
    void ownNamesAreAccepted(String host) throws Exception {
        ConsoleBrowser browser = ConsoleBrowser.open(console);
        String name = host.formatted(console.port());

        assertStatus(200, raw("GET /api/session HTTP/1.1\nHost: " + name + "\nCookie: " + browser.cookie() + "\n", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://attacker.example", "null", "http://localhost:1", "https://127.0.0.1:%d"})
    void otherPagesAreRefused(String origin) throws Exception {
        ConsoleBrowser browser = ConsoleBrowser.open(console);
        String head = "GET /api/session HTTP/1.1\nHost: 127.0.0.1:%d\nCookie: %s\nOrigin: %s\n"
                .formatted(console.port(), browser.cookie(), origin.formatted(console.port()));

        assertStatus(403, raw(head, ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                    | application/json | 403",
                "x-csrf-token: 0000    | application/json | 403",
                "x-csrf-token: OWN     | text/plain       | 415",
                "x-csrf-token: OWN     | application/json | 200",
                "x-csrf-token: OWN     | application/json; charset=utf-8 | 200"
            })
    void changeNeedsTheTokenAndJson(String token, String type, int status) throws Exception {
        ConsoleBrowser browser = ConsoleBrowser.open(console);
        String header = token.replace("OWN", browser.csrf());
        String head =
                "POST /api/session/end HTTP/1.1\nHost: 127.0.0.1:%d\nCookie: %s\n%sContent-Type: %s\nContent-Length: 2\n"
                        .formatted(console.port(), browser.cookie(), header.isEmpty() ? "" : header + "\n", type);

        assertStatus(status, raw(head, "{}"));
        assertThat(browser.getStatus("/api/session")).isEqualTo(status == 200 ? 401 : 200);
    }

    @Test
    void bodiesAreBounded() throws Exception {
        ConsoleBrowser browser = ConsoleBrowser.open(console);

        HttpResponse<String> refused = browser.send("POST", "/api/people/find", "x".repeat((1 << 20) + 1));

        assertThat(refused.statusCode()).isEqualTo(413);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "7", "{", "\"text\"", "null"})
    void onlyObjectsAreRead(String body) throws Exception {
        ConsoleBrowser browser = ConsoleBrowser.open(console);

        assertThat(browser.send("POST", "/api/people/find", body).statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/assets/../../../application.properties",
                "/assets/..%2f..%2findex.html",
                "/assets/%2e%2e/index.html",
                "/assets//etc/passwd",
                "/assets/./index.html",
                "/assets/",
                "/lib/../index.html",
                "/lib/jquery.js",
                "/console/index.html",
                "/META-INF/MANIFEST.MF",
                "/index.html",
                "/favicon.ico"
            })
    void nothingElseIsServed(String path) throws Exception {
        String answer = raw("GET " + path + " HTTP/1.1\nHost: 127.0.0.1:" + console.port() + "\n", "");

        // 400 is the server's own answer to a path that leads out of the root.
        assertThat(answer).matches("(?s)HTTP/1.1 40[04] .*").doesNotContain("<html");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/lib/lit-html.js", "/lib/uplot.js", "/lib/uplot.css", "/assets/index.html"})
    void filesOfThePageAreServed(String path) throws Exception {
        HttpResponse<String> file = ask(base() + path);

        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(file.body()).isNotBlank();
        assertThat(file.headers().firstValue("content-type").orElseThrow())
                .matches("text/(javascript|css|html); charset=utf-8");
    }

    @ParameterizedTest
    @CsvSource({
        "POST,/",
        "POST,/open/x",
        "DELETE,/api/overview",
        "POST,/api/overview",
        "GET,/api/people/show",
        "POST,/api/events",
        "HEAD,/api/session",
        "PUT,/lib/uplot.js"
    })
    void otherMethodsAreRefused(String method, String path) throws Exception {
        ConsoleBrowser browser = ConsoleBrowser.open(console);

        HttpResponse<String> refused = browser.send(method, path, "");

        assertThat(refused.statusCode()).isEqualTo(405);
        assertThat(refused.headers().firstValue("allow")).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/,200",
        "GET,/nowhere,404",
        "GET,/open/x,404",
        "GET,/lib/uplot.css,200",
        "GET,/api/session,200",
        "GET,/api/nowhere,404",
        "POST,/api/overview,405",
        "POST,/api/people/show,400",
        "GET,/api/activity?minutes=7,400"
    })
    void everyAnswerHasTheHeaders(String method, String path, int status) throws Exception {
        ConsoleBrowser browser = ConsoleBrowser.open(console);

        HttpResponse<String> answer = browser.send(method, path, method.equals("GET") ? "" : "{}");

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("cache-control")).contains("no-store");
        assertThat(answer.headers().firstValue("x-content-type-options")).contains("nosniff");
        assertThat(answer.headers().firstValue("referrer-policy")).contains("no-referrer");
        assertThat(answer.headers().firstValue("cross-origin-opener-policy")).contains("same-origin");
        assertThat(answer.headers().firstValue("cross-origin-resource-policy")).contains("same-origin");
        assertThat(answer.headers().firstValue("content-security-policy")).contains(POLICY);
        assertThat(answer.headers().firstValue("access-control-allow-origin")).isEmpty();
    }

    /** The page of somebody without a session runs under the same policy: nothing of it is inline. */
    @Test
    void refusedAnswersHaveTheHeadersToo() throws Exception {
        String forged = raw("GET / HTTP/1.1\nHost: attacker.example\n", "").toLowerCase(Locale.ROOT);

        assertThat(forged).contains("content-security-policy: default-src 'none'", "cache-control: no-store");
        assertThat(ask(base() + "/").body()).doesNotContain("style", "<script");
    }

    @Test
    void onlyThisMachineReachesIt() throws Exception {
        for (NetworkInterface network : NetworkInterface.networkInterfaces().toList()) {
            for (InetAddress address : network.inetAddresses().toList()) {
                if (!address.isLoopbackAddress()) {
                    // The port is free there, so nothing listens on it.
                    new ServerSocket(console.port(), 1, address).close();
                }
            }
        }
        assertThat(base()).startsWith("http://127.0.0.1:");
    }

    @Test
    void logNamesNobody() throws Exception {
        ConsoleBrowser browser = ConsoleBrowser.open(console);
        simulators.close();

        browser.send("POST", "/api/people/find", "{\"by\":\"email\",\"value\":\"ada@example.org\"}");
        browser.send("POST", "/api/people/show", "{\"key\":\"ada@example.org\"}");
        browser.send("POST", "/api/deadletters/list", "{\"key\":\"ada@example.org\"}");

        assertThat(log.toString(StandardCharsets.UTF_8)).doesNotContain("ada");
    }
}
