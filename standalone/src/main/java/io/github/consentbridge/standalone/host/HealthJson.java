package io.github.consentbridge.standalone.host;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.connectors.http.RemoteSystem;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.standalone.store.SqliteQueue;
import io.github.consentbridge.standalone.store.StoreSpace;
import io.github.consentbridge.sync.operations.LastReconciliation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Builds the answer to {@code GET /health}. Every member is always there; one that is not known is null. Nothing in it names
 * a person, a file or a secret: whoever reaches the port can read it.
 */
final class HealthJson {
    private static final int AVAILABLE = 200;
    private static final int UNAVAILABLE = 503;

    private final ObjectNode body = JsonNodeFactory.instance.objectNode();
    private final Instant now;

    HealthJson(Instant now) {
        this.now = now;
        body.putNull("status").putNull("problems");
        List.of("depth", "in_flight", "oldest_seconds", "dead_letters").forEach(body.putObject("queue")::putNull);
        pauses(Map.of());
        List.of("didomi", "dynamics").forEach(body.putObject("last_delivery")::putNull);
        body.putNull("last_applied");
        lastReconciliation(Optional.empty());
        body.putObject("store").putNull("size_bytes").putNull("free_bytes");
    }

    /** @param down sentences about what keeps deliveries from being accepted */
    HealthReport report(List<String> down, List<String> degraded) {
        String status = down.isEmpty() ? degraded.isEmpty() ? "up" : "degraded" : "down";
        body.put("status", status);
        ArrayNode problems = body.putArray("problems");
        down.forEach(problems::add);
        degraded.forEach(problems::add);
        return new HealthReport(down.isEmpty() ? AVAILABLE : UNAVAILABLE, body);
    }

    void queue(SqliteQueue.Depth depth, long deadLetters) {
        long oldest = depth.oldest()
                .map(time -> Duration.between(time, now).toSeconds())
                .orElse(0L);
        body.putObject("queue")
                .put("depth", depth.depth())
                .put("in_flight", depth.inHand())
                .put("oldest_seconds", Math.max(0, oldest))
                .put("dead_letters", deadLetters);
    }

    void pauses(Map<RemoteSystem, Instant> until) {
        ObjectNode paused = body.putObject("paused_until");
        for (RemoteSystem system : RemoteSystem.values()) {
            put(paused, system.word(), Optional.ofNullable(until.get(system)).filter(now::isBefore));
        }
    }

    void vitals(Vitals vitals) {
        ObjectNode deliveries = body.putObject("last_delivery");
        put(deliveries, "didomi", vitals.lastDelivery(Side.DIDOMI));
        put(deliveries, "dynamics", vitals.lastDelivery(Side.DYNAMICS));
        put(body, "last_applied", vitals.lastApplied());
    }

    void lastReconciliation(Optional<LastReconciliation> last) {
        ObjectNode run = body.putObject("last_reconciliation");
        put(run, "finished_at", last.map(LastReconciliation::finishedAt));
        run.put("scan", last.map(each -> each.scan().word()).orElse(null));
        run.put("result", last.map(each -> each.result().word()).orElse(null));
    }

    void store(StoreSpace space) {
        body.putObject("store").put("size_bytes", space.sizeBytes()).put("free_bytes", space.freeBytes());
    }

    private static void put(ObjectNode node, String name, Optional<Instant> time) {
        node.put(name, time.map(Instant::toString).orElse(null));
    }
}
