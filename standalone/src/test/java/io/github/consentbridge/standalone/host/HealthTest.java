package io.github.consentbridge.standalone.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.consentbridge.connectors.http.RemoteSystem;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.simulators.http.ManualClock;
import io.github.consentbridge.standalone.http.WebServer;
import io.github.consentbridge.standalone.store.Store;
import io.github.consentbridge.sync.queue.DeadLetter;
import io.github.consentbridge.sync.queue.Delivery;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HealthTest {
    @TempDir
    Path folder;

    private final ManualClock clock = new ManualClock("2026-03-01T08:00:00Z");
    private Store store;
    private WebServer web;

    @BeforeEach
    void start() {
        store = Store.open(folder, clock);
        web = WebServer.start("127.0.0.1", 0, 1, new Health(store, clock)::answer);
    }

    @AfterEach
    void stop() {
        web.close();
    }

    @Test
    void tellsHowMuchWaitsAndWhoIsPaused() throws Exception {
        Delivery delivery = Delivery.received(Side.DIDOMI, "ada", clock.instant(), "{}");
        store.queue().send(List.of(delivery, delivery), Duration.ZERO);
        store.queue().take(1);
        store.deadLetters().add(List.of(new DeadLetter(delivery, "reason", clock.instant())));
        clock.advance(Duration.ofSeconds(90));
        store.pauses().pause(RemoteSystem.DATAVERSE, clock.instant().plusSeconds(10));
        store.pauses().pause(RemoteSystem.DIDOMI, clock.instant().minusSeconds(10));

        HttpResponse<String> health = health();

        assertThat(health.statusCode()).isEqualTo(200);
        assertThat(new JsonMapper().readTree(health.body())).isEqualTo(new JsonMapper().readTree("""
                {"status": "up",
                 "queue": {"depth": 1, "in_flight": 1, "oldest_seconds": 90, "dead_letters": 1},
                 "paused_until": {"didomi": null, "dataverse": "2026-03-01T08:01:40Z"}}"""));
        store.close();
    }

    @Test
    void storeThatCannotBeWrittenIsDown() throws Exception {
        store.close();

        HttpResponse<String> health = health();

        assertThat(health.statusCode()).isEqualTo(503);
        JsonNode body = new JsonMapper().readTree(health.body());
        assertThat(body.path("status").asText()).isEqualTo("down");
    }

    private HttpResponse<String> health() throws Exception {
        URI url = URI.create("http://127.0.0.1:" + web.port() + "/health");
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString());
    }
}
