package io.github.consentbridge.connectors.http;

import io.github.consentbridge.simulators.http.ManualClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A clock that advances only by sleeping, and records the sleeps. */
public final class FakeTime extends ManualClock implements RetryPolicy.Sleeper {
    private final List<Duration> sleeps = new CopyOnWriteArrayList<>();

    public FakeTime(String start) {
        super(start);
    }

    public List<Duration> sleeps() {
        return List.copyOf(sleeps);
    }

    @Override
    public void sleep(Duration time) {
        sleeps.add(time);
        advance(time);
    }

    /** Settings with this clock: short real timeouts, no real waiting. */
    public RemoteSettings settings() {
        return RemoteSettings.standard(this)
                .withTimeouts(Duration.ofSeconds(2), Duration.ofSeconds(5))
                .withRetry(RetryPolicy.standard().withSleeper(this));
    }
}
