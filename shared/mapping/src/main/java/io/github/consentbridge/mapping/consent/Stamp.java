package io.github.consentbridge.mapping.consent;

import java.time.Instant;

/**
 * Orders the states of <em>one</em> contact or Didomi user: by version if both states have one, else by time.
 *
 * @param version Didomi's {@code version} or the contact's row version; {@link Choice#UNKNOWN_VERSION} if not given
 * @param at {@code updated_at} or {@code modifiedon}
 */
public record Stamp(long version, Instant at) {

    /** Whether this state is the other one or later. */
    public boolean covers(Stamp other) {
        if (version != Choice.UNKNOWN_VERSION && other.version != Choice.UNKNOWN_VERSION) {
            return other.version <= version;
        }
        return !other.at.isAfter(at);
    }
}
