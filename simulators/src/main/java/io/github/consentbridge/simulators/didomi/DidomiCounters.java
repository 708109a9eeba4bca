package io.github.consentbridge.simulators.didomi;

import io.github.consentbridge.simulators.http.RequestCounters;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Counts requests and the events created through the API, but not persons' own choices. Thread-safe. */
public final class DidomiCounters extends RequestCounters {
    private final Map<String, Integer> eventsOf = new HashMap<>();
    private long events;

    DidomiCounters() {}

    /** Created events; each element of an array counts. */
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
