package io.github.consentbridge.connectors.didomi;

import static java.util.Objects.requireNonNull;

/**
 * One consent event to post.
 *
 * @param id the event's id, also in {@code json}; the same on every repeat
 * @param organizationUserId the person, also in {@code json}
 * @param json the event as a JSON object
 */
public record DidomiEvent(String id, String organizationUserId, String json) {
    public DidomiEvent {
        requireNonNull(id, "id");
        requireNonNull(organizationUserId, "organizationUserId");
        requireNonNull(json, "json");
    }

    /** Names the event without its content. */
    @Override
    public String toString() {
        return "DidomiEvent[" + id + "]";
    }
}
