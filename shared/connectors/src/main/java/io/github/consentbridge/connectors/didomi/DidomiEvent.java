package io.github.consentbridge.connectors.didomi;

import static java.util.Objects.requireNonNull;

/**
 * One consent event to post.
 *
 * @param id the event's id, also inside {@code json}; the same one on every repeat
 * @param organizationUserId the person, also inside {@code json}
 * @param json the event as a JSON object
 */
public record DidomiEvent(String id, String organizationUserId, String json) {
    public DidomiEvent {
        requireNonNull(id, "id");
        requireNonNull(organizationUserId, "organizationUserId");
        requireNonNull(json, "json");
    }

    /** Says which event, not what is in it. */
    @Override
    public String toString() {
        return "DidomiEvent[" + id + "]";
    }
}
