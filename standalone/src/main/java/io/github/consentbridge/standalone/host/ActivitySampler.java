package io.github.consentbridge.standalone.host;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.consentbridge.standalone.activity.ActivityCounts;
import java.time.Duration;
import java.util.function.Supplier;

/** Looks at the queue several times a minute, until the bridge is closed: the charts of the console show the last look. */
final class ActivitySampler {
    private static final Duration EVERY = Duration.ofSeconds(15);

    private final ActivityCounts counts;
    private final Supplier<JsonNode> health;
    private final Signal closing;

    /** @param closing is closed when the bridge is */
    ActivitySampler(ActivityCounts counts, Supplier<JsonNode> health, Signal closing) {
        this.counts = counts;
        this.health = health;
        this.closing = closing;
    }

    void start() {
        Thread thread = new Thread(this::serve, "activity");
        thread.setDaemon(true);
        thread.start();
    }

    private void serve() {
        while (!closing.isClosed() && !Thread.currentThread().isInterrupted()) {
            counts.sample(health.get());
            closing.pause(EVERY);
        }
    }
}
