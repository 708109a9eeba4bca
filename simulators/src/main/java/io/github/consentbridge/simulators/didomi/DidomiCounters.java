package io.github.consentbridge.simulators.didomi;

import io.github.consentbridge.simulators.http.RequestCounters;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Counts requests and the events created through the API; what persons do is not counted. Thread-safe. */
public final class DidomiCounters extends RequestCounters {
    private final Map<String, Integer> eventsOf = new HashMap<>();
    private long events;

    DidomiCounters() {}

    /** Events created, each element of an array by itself. */
    public synchronized long eventsCreated() {
        return events;
    }

    /** Events created for this organization user id. */
    public synchronized int eventsCreatedFor(String organizationUserId) {
        return eventsOf.getOrDefault(organizationUserId, 0);
    }

    @Override
    public void reset() {
        super.reset();
        synchronized (this) {
            eventsOf.clear();
            events = 0;
        }
    }

    synchronized void created(Optional<String> organizationUserId) {
        events++;
        organizationUserId.ifPresent(id -> eventsOf.merge(id, 1, Integer::sum));
    }
}
