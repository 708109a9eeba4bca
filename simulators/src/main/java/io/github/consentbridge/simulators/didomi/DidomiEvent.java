package io.github.consentbridge.simulators.didomi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One consent event. The trees are shared between events and must not be changed.
 *
 * @param createdAt epoch milliseconds, as given; may be in the past
 * @param updatedAt epoch milliseconds
 * @param details members that are only stored and returned: metadata, delegate, proofs_id
 */
record DidomiEvent(
        String id,
        long createdAt,
        long updatedAt,
        String status,
        String regulation,
        JsonNode consents,
        ObjectNode details) {
    static final String CONFIRMED = "confirmed";
    static final String PENDING = "pending_approval";

    boolean isConfirmed() {
        return status.equals(CONFIRMED);
    }

    DidomiEvent edited(JsonNode changed, long now) {
        return new DidomiEvent(id, createdAt, now, status, regulation, changed, details);
    }

    ObjectNode json(DidomiUser user, String organizationId) {
        ObjectNode json = user.emptyEvent(organizationId);
        json.put("id", id);
        json.put("created_at", Times.iso(createdAt));
        json.put("updated_at", Times.iso(updatedAt));
        json.put("status", status);
        json.put("regulation", regulation);
        json.set("consents", consents);
        json.setAll(details);
        return json;
    }
}
