package io.github.consentbridge.simulators.http;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock in UTC that moves only when it is advanced: for simulators, and for tests of what talks to them. */
public class ManualClock extends Clock {
    private volatile Instant now;

    public ManualClock(String start) {
        now = Instant.parse(start);
    }

    public void advance(Duration time) {
        now = now.plus(time);
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
