package io.github.consentbridge.connectors.didomi;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One Didomi user under one regulation, unchanged. Several can share one organization user id.
 *
 * @param organizationUserId null for an anonymous user
 * @param version grows with each change of this user; -1 if not given
 * @param createdAt null if absent or not a date
 * @param updatedAt null if absent or not a date
 * @param json the complete entity
 * @see <a href="https://developers.didomi.io/api-and-platform/consents/users/users-schema">Users schema</a>
 */
public record DidomiUser(
        String id,
        @Nullable String organizationUserId,
        long version,
        @Nullable Instant createdAt,
        @Nullable Instant updatedAt,
        String json) {
    public DidomiUser {
        requireNonNull(id, "id");
        requireNonNull(json, "json");
    }

    /** Names the user without personal data. */
    @Override
    public String toString() {
        return "DidomiUser[" + id + " version " + version + "]";
    }
}
