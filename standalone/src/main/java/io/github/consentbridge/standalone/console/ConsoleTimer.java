package io.github.consentbridge.standalone.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.consentbridge.mapping.failure.BridgeException;
import io.github.consentbridge.standalone.console.api.OverviewResource;
import io.github.consentbridge.standalone.console.events.EventHub;
import io.github.consentbridge.sync.logging.LogFields;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Does every second what is due: ends the session, tells pages what has changed, frees what has not been used. */
final class ConsoleTimer implements AutoCloseable {
    /** A page is told this long before its session ends. */
    private static final Duration WARNING = Duration.ofSeconds(60);

    private static final Duration ACTIVITY_EVERY = Duration.ofSeconds(5);

    private final Sessions sessions;
    private final EventHub events;
    private final OverviewResource overview;
    private final ConsoleSubject subject;
    private final Clock clock;
    private final CountDownLatch closed = new CountDownLatch(1);
    private @Nullable Session warned;
    private Instant overviewAt = Instant.EPOCH;
    private Instant activityAt = Instant.EPOCH;
    private @Nullable JsonNode shown;

    ConsoleTimer(Sessions sessions, EventHub events, OverviewResource overview, ConsoleSubject subject, Clock clock) {
        this.sessions = sessions;
        this.events = events;
        this.overview = overview;
        this.subject = subject;
        this.clock = clock;
    }

    void start() {
        Thread thread = new Thread(this::run, "console-timer");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            while (!closed.await(1, TimeUnit.SECONDS)) {
                tick();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tick() {
        try {
            session();
            if (events.isHeard()) {
                overview();
                activity();
            }
            subject.idle();
        } catch (RuntimeException e) {
            // The next second may be better.
            subject.outcomeLog().fault("console timer failed", e, LogFields.none());
        }
    }

    private void session() {
        Optional<Session> open = sessions.open();
        if (open.isEmpty()) {
            events.endAll();
            return;
        }
        Duration left = open.get().left(clock.instant());
        if (left.compareTo(WARNING) > 0) {
            warned = null;
        } else if (open.get() != warned) {
            warned = open.get();
            events.publish("session", JsonNodeFactory.instance.objectNode().put("ends_in_seconds", left.toSeconds()));
        }
    }

    private void overview() {
        Instant now = clock.instant();
        if (now.isBefore(overviewAt.plus(subject.healthAge()))) {
            return;
        }
        overviewAt = now;
        try {
            JsonNode current = overview.json();
            if (!current.equals(shown)) {
                shown = current;
                events.publish("overview", "", current);
            }
        } catch (BridgeException e) {
            // GET /api/overview says it, with what to do.
            shown = null;
        }
    }

    private void activity() {
        Instant now = clock.instant();
        if (now.isBefore(activityAt.plus(ACTIVITY_EVERY))) {
            return;
        }
        activityAt = now;
        try {
            ActivityStep.last(subject.activity(60)).ifPresent(step -> events.publish("activity", "", step));
        } catch (BridgeException e) {
            // GET /api/activity says it, with what to do.
            activityAt = now.plus(ACTIVITY_EVERY);
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
