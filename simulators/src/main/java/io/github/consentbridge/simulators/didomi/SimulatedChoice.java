package io.github.consentbridge.simulators.didomi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.simulators.http.Json;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * Builds a person's choice in one interaction, which becomes a consent event. Not thread-safe; each method changes and
 * returns this object.
 */
public final class SimulatedChoice {
    private final ObjectNode event = Json.object();
    private final ObjectNode user = event.putObject("user");
    private final ArrayNode purposes = event.putObject("consents").putArray("purposes");
    private boolean silent;

    private SimulatedChoice() {}

    /** A choice of the person with this organization user id. */
    public static SimulatedChoice by(String organizationUserId) {
        SimulatedChoice choice = anonymous();
        choice.user.put("organization_user_id", organizationUserId);
        return choice;
    }

    /** A choice of a person without an organization user id. */
    public static SimulatedChoice anonymous() {
        return new SimulatedChoice();
    }

    /** Sets the device, that is, the Didomi user id; one person may have several. */
    public SimulatedChoice didomiUser(String didomiUserId) {
        user.put("id", didomiUserId);
        return this;
    }

    /** Sets the event's id; otherwise one is generated. */
    public SimulatedChoice eventId(String eventId) {
        event.put("id", eventId);
        return this;
    }

    public SimulatedChoice purpose(String purposeId, boolean enabled) {
        purpose(purposeId).put("enabled", enabled);
        return this;
    }

    /** The purpose is listed with {@code enabled: null}. */
    public SimulatedChoice undecidedPurpose(String purposeId) {
        purpose(purposeId).putNull("enabled");
        return this;
    }

    /** API v2: ids of the chosen values, joined by commas. The purpose's own {@code enabled} is left out. */
    public SimulatedChoice preference(String purposeId, String preferenceId, String values) {
        purpose(purposeId).withObject("/values").putObject(preferenceId).put("value", values);
        return this;
    }

    /** API v1: a preference below a purpose. */
    public SimulatedChoice legacyPreference(String purposeId, String preferenceId, boolean enabled) {
        byId(purpose(purposeId).withArray("/preferences"), preferenceId).put("enabled", enabled);
        return this;
    }

    /** API v1: a channel of a preference. */
    public SimulatedChoice legacyChannel(String purposeId, String preferenceId, String channelId, boolean enabled) {
        ObjectNode preference = byId(purpose(purposeId).withArray("/preferences"), preferenceId);
        byId(preference.withArray("/channels"), channelId).put("enabled", enabled);
        return this;
    }

    public SimulatedChoice regulation(String regulation) {
        event.put("regulation", regulation);
        return this;
    }

    /** Sets the event's metadata, with which clients of the API mark their events. */
    public SimulatedChoice metadata(Map<String, String> metadata) {
        // Sorted: the order of Map.of changes from run to run, and bodies must not.
        new TreeMap<>(metadata).forEach(event.putObject("metadata")::put);
        return this;
    }

    /** Sets the time of the choice; the default is now. */
    public SimulatedChoice at(Instant createdAt) {
        event.put("created_at", createdAt.toString());
        return this;
    }

    /** The event awaits approval and has no effect until then. */
    public SimulatedChoice pending() {
        event.put("status", DidomiEvent.PENDING);
        return this;
    }

    /** Causes no deliveries, as with {@code $disable_integrations=true}. */
    public SimulatedChoice silently() {
        silent = true;
        return this;
    }

    /** The event as a client of this organization posts it. */
    JsonNode event(String organizationId) {
        return event.deepCopy().put("organization_id", organizationId);
    }

    boolean isSilent() {
        return silent;
    }

    private ObjectNode purpose(String id) {
        return byId(purposes, id);
    }

    private static ObjectNode byId(ArrayNode list, String id) {
        for (JsonNode item : list) {
            if (item.path("id").asText().equals(id)) {
                return (ObjectNode) item;
            }
        }
        return list.addObject().put("id", id);
    }
}
