package io.github.consentbridge.connectors.http;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that advances only by sleeping, and records the sleeps. */
public final class FakeTime extends Clock implements RetryPolicy.Sleeper {
    private final AtomicReference<Instant> now;
    private final List<Duration> sleeps = new CopyOnWriteArrayList<>();

    public FakeTime(String start) {
        now = new AtomicReference<>(Instant.parse(start));
    }

    public List<Duration> sleeps() {
        return List.copyOf(sleeps);
    }

    public void advance(Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
    }

    @Override
    public void sleep(Duration time) {
        sleeps.add(time);
        advance(time);
    }

    @Override
    public Instant instant() {
        return now.get();
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }

    /** Settings with this clock: short real timeouts, no real waiting. */
    public RemoteSettings settings() {
        return RemoteSettings.standard(this)
                .withTimeouts(Duration.ofSeconds(2), Duration.ofSeconds(5))
                .withRetry(RetryPolicy.standard().withSleeper(this));
    }
}
