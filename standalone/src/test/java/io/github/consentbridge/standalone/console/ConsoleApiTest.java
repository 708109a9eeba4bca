package io.github.consentbridge.standalone.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.simulators.Simulators;
import io.github.consentbridge.sync.logging.JsonOutcomeLog;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The description of the console's interface, and the page Live; {@link ConsoleBrowser} compares each answer of the other tests. */
@Timeout(60)
class ConsoleApiTest {
    private static final Clock CLOCK = Clock.systemUTC();

    @TempDir
    Path folder;

    private final Simulators simulators = Simulators.start(CLOCK);
    private final Lamp lamp = new Lamp();
    private ConsoleServer console;
    private ConsoleBrowser browser;

    /** Two systems that show one lamp. */
    private static final class Lamp implements LiveSystems {
        private final AtomicReference<BiConsumer<String, ObjectNode>> listener = new AtomicReference<>();
        private final List<String> acts = new CopyOnWriteArrayList<>();

        @Override
        public ObjectNode state() {
            ObjectNode node = JsonNodeFactory.instance.objectNode();
            List.of("people", "fields", "troubles").forEach(node::putArray);
            node.putObject("state");
            return node;
        }

        @Override
        public ObjectNode act(String action, JsonNode request) {
            if (!request.has("key")) {
                throw new IllegalArgumentException("key is missing: name a person");
            }
            acts.add(action);
            return JsonNodeFactory.instance.objectNode();
        }

        @Override
        public AutoCloseable listen(BiConsumer<String, ObjectNode> to) {
            listener.set(to);
            return () -> listener.set(null);
        }
    }

    @BeforeEach
    void start() throws Exception {
        JsonOutcomeLog failures = new JsonOutcomeLog(System.err, Optional::empty, CLOCK);
        console = ConsoleServer.start(
                new HostSubject(TestPlaces.in(folder, simulators), CLOCK, failures), Optional.of(lamp), 0, CLOCK);
        browser = ConsoleBrowser.open(console);
    }

    @AfterEach
    void stop() {
        console.close();
        simulators.close();
    }

    @Test
    void everyRouteIsDescribedAndNoOther() {
        Set<String> served = new TreeSet<>(Set.of("GET /api/events"));
        console.routes()
                .forEach(route -> served.add(route.method() + " " + route.path().replace("ID", "{id}")));

        assertThat(ConsoleApi.operations()).isEqualTo(served);
    }

    @Test
    void liveSystemsAreShownAndMoved() throws Exception {
        assertThat(browser.get("/api/session").path("live").asBoolean()).isTrue();
        assertThat(browser.get("/api/live").path("people").isArray()).isTrue();

        browser.post("/api/live/choose", "{\"key\":\"ada@example.org\"}");

        assertThat(lamp.acts).containsExactly("choose");
        assertThat(browser.post(400, "/api/live/trouble", "{}").path("error").asText())
                .isEqualTo("key is missing: name a person");
    }

    @Test
    void liveEventsReachThePage() throws Exception {
        List<String> lines = browser.listen();
        Awaitility.await().until(() -> lines.contains("event: overview"));
        JsonNode event = new JsonMapper().readTree("{\"key\":\"ada@example.org\",\"n\":1}");

        lamp.listener.get().accept("live", (ObjectNode) event);
        lamp.listener.get().accept("live-state", (ObjectNode) event);

        Awaitility.await().until(() -> lines.contains("event: live-state"));
        assertThat(lines).containsSubsequence("event: live", "data: " + event, "event: live-state", "data: " + event);
    }

    @Test
    void closingLeavesTheLiveSystems() {
        assertThat(lamp.listener.get()).isNotNull();

        console.close();

        assertThat(lamp.listener.get()).isNull();
    }
}
