package io.github.consentbridge.standalone.host;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.connectors.http.RemoteSystem;
import io.github.consentbridge.standalone.store.SqliteQueue;
import io.github.consentbridge.standalone.store.Store;
import io.github.consentbridge.sync.intake.WebhookReply;
import io.github.consentbridge.sync.storage.StorageException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Answers {@code GET /health}: whether deliveries can be stored, and how many are waiting. */
public final class Health {
    private static final Duration MIN_AGE = Duration.ofSeconds(1);

    private final Store store;
    private final Clock clock;
    private Instant probedAt = Instant.MIN;

    Health(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    WebhookReply answer() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        try {
            probe();
            return WebhookReply.json(200, describe(body.put("status", "up")).toString());
        } catch (StorageException e) {
            body.removeAll();
            return WebhookReply.json(503, body.put("status", "down").toString());
        }
    }

    /** Writes at most once per second: anybody may ask, as often as they like. */
    private synchronized void probe() {
        if (clock.instant().isAfter(probedAt.plus(MIN_AGE))) {
            store.probe();
            probedAt = clock.instant();
        }
    }

    private ObjectNode describe(ObjectNode body) {
        SqliteQueue.Depth depth = store.queue().depth();
        long oldest = depth.oldest()
                .map(time -> Duration.between(time, clock.instant()).toSeconds())
                .orElse(0L);
        body.putObject("queue")
                .put("depth", depth.depth())
                .put("in_flight", depth.inHand())
                .put("oldest_seconds", Math.max(0, oldest))
                .put("dead_letters", store.deadLetters().count());
        ObjectNode paused = body.putObject("paused_until");
        Map<RemoteSystem, Instant> until = store.pauses().pausedUntil();
        putPause(paused, "didomi", until.get(RemoteSystem.DIDOMI));
        putPause(paused, "dataverse", until.get(RemoteSystem.DATAVERSE));
        return body;
    }

    private void putPause(ObjectNode paused, String name, Instant until) {
        boolean over = until == null || until.isBefore(clock.instant());
        paused.put(name, over ? null : until.toString());
    }
}
