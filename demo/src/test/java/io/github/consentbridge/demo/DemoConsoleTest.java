package io.github.consentbridge.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.consentbridge.standalone.console.ConsoleServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page Live over HTTP, as a browser uses it. */
class DemoConsoleTest {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final HttpClient BROWSER = HttpClient.newBuilder()
            .cookieHandler(new CookieManager())
            .followRedirects(HttpClient.Redirect.ALWAYS)
            .build();

    @TempDir
    static Path folder;

    private static Demo demo;
    private static DemoLive live;
    private static ConsoleServer console;
    private static JsonNode session;

    @BeforeAll
    static void open() throws IOException, InterruptedException {
        demo = new Demo(folder, 0, Clock.systemUTC());
        live = demo.live(Duration.ofSeconds(1));
        console = ConsoleServer.start(demo.subject(), Optional.of(live), 0, Clock.systemUTC());
        BROWSER.send(HttpRequest.newBuilder(console.openingAddress()).build(), BodyHandlers.discarding());
        session = get("/api/session");
    }

    @AfterAll
    static void close() {
        console.close();
        live.close();
        demo.close();
    }

    /** Renée was unknown to Didomi before the page was made; the sample deliveries report the choices of the others. */
    @Test
    void historyNamesTheDeliveryOfEveryChoice() throws IOException, InterruptedException {
        JsonNode shown = MAPPER.readTree(
                post("/api/people/show", "{\"key\": \"renée@example.org\"}").body());

        assertThat(shown.at("/explanation/registers")).hasSize(3);
        assertThat(shown.toString()).doesNotContain("unreported");
    }

    /** The variables that are printed are all that the other commands need. */
    @Test
    void hintsNameEverythingThatOtherCommandsNeed() throws IOException {
        String hints = String.join("\n", demo.hints());

        for (String variable : List.of("BRIDGE_CONFIG", "BRIDGE_SECRETS", "BRIDGE_DATA")) {
            assertThat(Path.of(value(hints, variable))).exists();
        }
        for (String variable : List.of("DIDOMI_API_URL", "ENTRA_LOGIN_URL")) {
            assertThat(value(hints, variable)).startsWith("http://");
        }
    }

    private static String value(String hints, String variable) {
        return hints.replaceAll("(?s).* " + variable + "=(\\S+).*", "$1");
    }

    @Test
    void sessionHasThePageLive() {
        assertThat(session.path("live").booleanValue()).isTrue();
    }

    @Test
    void flippedSwitchIsReportedUntilTheOtherSideFollows() throws IOException, InterruptedException {
        HttpResponse<InputStream> stream =
                BROWSER.send(HttpRequest.newBuilder(url("/api/events")).build(), BodyHandlers.ofInputStream());
        boolean granted =
                get("/api/live").at("/state/ada@example.org/didomi/newsletter").booleanValue();

        int status;
        JsonNode written;
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
            status = post(
                            "/api/live/choose",
                            "{\"key\":\"ada@example.org\",\"side\":\"didomi\",\"field\":\"newsletter\",\"value\":"
                                    + !granted + "}")
                    .statusCode();
            written = awaitWritten(lines);
        }

        assertThat(status).isEqualTo(200);
        assertThat(written.path("field").asText()).isEqualTo("newsletter");
        assertThat(get("/api/live")
                        .at("/state/ada@example.org/dynamics/new_newsletter")
                        .booleanValue())
                .isEqualTo(!granted);
    }

    @Test
    void senselessChoiceIsAnsweredWithASentence() throws IOException, InterruptedException {
        HttpResponse<String> answer = post("/api/live/choose", "{\"key\":\"ada@example.org\",\"side\":\"middle\"}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(MAPPER.readTree(answer.body()).path("error").asText()).isNotBlank();
    }

    @Test
    void overviewIsThatOfTheDemosBridge() throws IOException, InterruptedException {
        JsonNode overview = get("/api/overview");

        assertThat(overview.path("running").booleanValue()).isTrue();
        assertThat(overview.at("/health/queue/dead_letters").isNumber()).isTrue();
    }

    private static JsonNode awaitWritten(BufferedReader lines) throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("data: ")) {
                JsonNode data = MAPPER.readTree(line.substring("data: ".length()));
                if (data.path("kind").asText().equals("written")) {
                    return data;
                }
            }
        }
        throw new AssertionError("the events ended before the contact was written");
    }

    private static URI url(String path) {
        return URI.create("http://127.0.0.1:" + console.port() + path);
    }

    private static JsonNode get(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer =
                BROWSER.send(HttpRequest.newBuilder(url(path)).build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return MAPPER.readTree(answer.body());
    }

    private static HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url(path))
                .header("content-type", "application/json")
                .header("x-csrf-token", session.path("csrf").asText())
                .POST(BodyPublishers.ofString(body))
                .build();
        return BROWSER.send(request, BodyHandlers.ofString());
    }
}
