package io.github.consentbridge.sync.worker;

import io.github.consentbridge.simulators.http.Fault;
import io.github.consentbridge.simulators.http.ManualClock;
import java.time.Duration;
import java.time.Instant;

/** What can go wrong with a request. */
public enum Trouble {
    THROTTLED_FOR_SECONDS,
    THROTTLED_UNTIL_A_DATE,
    THROTTLED_WITHOUT_A_TIME,
    SERVICE_UNAVAILABLE,
    DROPPED_BEFORE_COMMIT,
    DROPPED_AFTER_COMMIT,
    HANGING,
    GARBAGE,
    TRUNCATED;

    /** Throttling asks for 37 seconds, or for 90 after the start of the {@link ManualClock} of {@link Systems}. */
    public Fault fault() {
        return switch (this) {
            case THROTTLED_FOR_SECONDS -> Fault.throttled(Duration.ofSeconds(37));
            case THROTTLED_UNTIL_A_DATE -> Fault.throttledUntil(Instant.parse("2026-03-01T08:01:30Z"));
            case THROTTLED_WITHOUT_A_TIME -> Fault.throttledWithoutHint();
            case SERVICE_UNAVAILABLE -> Fault.status(503);
            case DROPPED_BEFORE_COMMIT -> Fault.dropBeforeCommit();
            case DROPPED_AFTER_COMMIT -> Fault.dropAfterCommit();
            case HANGING -> Fault.hang();
            case GARBAGE -> Fault.garbage();
            case TRUNCATED -> Fault.truncated();
        };
    }
}
