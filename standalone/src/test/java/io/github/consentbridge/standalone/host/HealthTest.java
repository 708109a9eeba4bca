package io.github.consentbridge.standalone.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.consentbridge.connectors.http.RemoteSystem;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.simulators.http.ManualClock;
import io.github.consentbridge.standalone.store.Store;
import io.github.consentbridge.sync.intake.WebhookReply;
import io.github.consentbridge.sync.queue.DeadLetter;
import io.github.consentbridge.sync.queue.Delivery;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HealthTest {
    @TempDir
    Path folder;

    private final ManualClock clock = new ManualClock("2026-03-01T08:00:00Z");
    private Store store;
    private Health health;

    @BeforeEach
    void start() {
        store = Store.open(folder, clock);
        health = new Health(store, clock);
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

        WebhookReply reply = health.answer();

        assertThat(reply.status()).isEqualTo(200);
        assertThat(new JsonMapper().readTree(reply.body())).isEqualTo(new JsonMapper().readTree("""
                {"status": "up",
                 "queue": {"depth": 1, "in_flight": 1, "oldest_seconds": 90, "dead_letters": 1},
                 "paused_until": {"didomi": null, "dataverse": "2026-03-01T08:01:40Z"}}"""));
        store.close();
    }

    @Test
    void storeThatCannotBeWrittenIsDown() throws Exception {
        store.close();

        WebhookReply reply = health.answer();

        assertThat(reply.status()).isEqualTo(503);
        JsonNode body = new JsonMapper().readTree(reply.body());
        assertThat(body.path("status").asText()).isEqualTo("down");
    }
}
