package io.github.consentbridge.standalone.host;

import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.sync.logging.Metric;
import io.github.consentbridge.sync.logging.MetricSink;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What this process has seen since it started: when deliveries came and were applied, and whether batches fail. */
final class Vitals implements MetricSink {
    /** Failures among successes count for a while, so that they can be noticed. */
    private static final Duration NOTICEABLE = Duration.ofMinutes(1);

    private final Clock clock;
    private final Map<Side, Instant> deliveries = new ConcurrentHashMap<>();
    private volatile @Nullable Instant applied;
    private Instant failingSince = Instant.MIN;
    private Instant lastFailure = Instant.MIN;
    private Instant lastSuccess = Instant.MIN;

    Vitals(Clock clock) {
        this.clock = clock;
    }

    /** When a delivery of this side was stored last. */
    Optional<Instant> lastDelivery(Side from) {
        return Optional.ofNullable(deliveries.get(from));
    }

    /** When a change was written to one of the systems last. */
    Optional<Instant> lastApplied() {
        return Optional.ofNullable(applied);
    }

    /** A batch has ended; it failed as a whole or not. */
    synchronized void batchEnded(boolean failed) {
        Instant now = clock.instant();
        if (!failed) {
            lastSuccess = now;
            return;
        }
        failingSince = isFailing(now) ? failingSince : now;
        lastFailure = now;
    }

    private boolean isFailing(Instant now) {
        return !lastFailure.equals(Instant.MIN)
                && (!lastSuccess.isAfter(lastFailure) || now.isBefore(lastFailure.plus(NOTICEABLE)));
    }

    /** Since when batches have been failing; empty if one has succeeded since, and none failed in the last minute. */
    synchronized Optional<Instant> batchesFailingSince() {
        return isFailing(clock.instant()) ? Optional.of(failingSince) : Optional.empty();
    }

    @Override
    public void count(Metric metric, Side towards, double amount) {
        switch (metric) {
            case DELIVERIES_ACCEPTED -> deliveries.put(towards.other(), clock.instant());
            case CONTACTS_UPDATED, CONTACTS_CREATED, EVENTS_POSTED -> applied = clock.instant();
            default -> {
                // Says nothing of deliveries.
            }
        }
    }
}
