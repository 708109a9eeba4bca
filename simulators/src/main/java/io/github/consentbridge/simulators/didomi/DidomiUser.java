package io.github.consentbridge.simulators.didomi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.simulators.http.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One user record, in effect one device of a person: several may have one organization user id. */
final class DidomiUser {
    private final String id;
    private final long createdAt;
    private @Nullable String organizationUserId;
    private @Nullable ObjectNode details;
    private long updatedAt;
    private int version;
    private DidomiEvent[] events = new DidomiEvent[0];

    DidomiUser(String id, long createdAt) {
        this.id = id;
        this.createdAt = createdAt;
        this.updatedAt = createdAt;
    }

    String id() {
        return id;
    }

    Optional<String> organizationUserId() {
        return Optional.ofNullable(organizationUserId);
    }

    void organizationUserId(String assigned) {
        organizationUserId = assigned;
    }

    int version() {
        return version;
    }

    long updatedAt() {
        return updatedAt;
    }

    void changed(long time) {
        version++;
        updatedAt = time;
    }

    List<DidomiEvent> events() {
        return List.of(events);
    }

    Optional<DidomiEvent> event(String eventId) {
        return Arrays.stream(events).filter(event -> event.id().equals(eventId)).findFirst();
    }

    void add(DidomiEvent event) {
        DidomiEvent[] more = Arrays.copyOf(events, events.length + 1);
        more[events.length] = event;
        events = more;
    }

    void replace(DidomiEvent event) {
        events = Arrays.stream(events)
                .map(held -> held.id().equals(event.id()) ? event : held)
                .toArray(DidomiEvent[]::new);
    }

    void removeIf(Predicate<DidomiEvent> unwanted) {
        List<DidomiEvent> kept = new ArrayList<>(List.of(events));
        kept.removeIf(unwanted);
        events = kept.toArray(DidomiEvent[]::new);
    }

    /** Merges metadata, country and similar fields. */
    void merge(ObjectNode given) {
        if (given.isEmpty()) {
            return;
        }
        ObjectNode merged = details == null ? Json.object() : details.deepCopy();
        given.properties().forEach(property -> {
            if (property.getValue() instanceof ObjectNode map
                    && merged.get(property.getKey()) instanceof ObjectNode held) {
                held.setAll(map);
            } else {
                merged.set(property.getKey(), property.getValue());
            }
        });
        details = merged;
    }

    /** The state under one regulation: its confirmed events re-applied in the order of their dates. */
    ObjectNode consents(String regulation) {
        ConsentState state = new ConsentState();
        Arrays.stream(events)
                .filter(event -> event.isConfirmed() && event.regulation().equals(regulation))
                .sorted(Comparator.comparingLong(DidomiEvent::createdAt))
                .forEach(event -> state.apply(event.consents()));
        return state.json();
    }

    ObjectNode json(String organizationId, String regulation) {
        ObjectNode json = Json.object();
        json.put("id", id);
        json.put("organization_id", organizationId);
        if (organizationUserId != null) {
            json.put("organization_user_id", organizationUserId);
        }
        json.put("version", version);
        json.put("created_at", Times.iso(createdAt));
        json.put("updated_at", Times.iso(updatedAt));
        json.putObject("metadata");
        json.putNull("country");
        if (details != null) {
            json.setAll(details);
        }
        json.set("consents", consents(regulation));
        return json;
    }

    /** The user fields of an event. */
    ObjectNode emptyEvent(String organizationId) {
        ObjectNode json = Json.object();
        json.putNull("id");
        json.put("organization_id", organizationId);
        ObjectNode user = json.putObject("user");
        user.put("id", id);
        if (organizationUserId != null) {
            user.put("organization_user_id", organizationUserId);
        }
        return json;
    }
}
