package io.github.consentbridge.mapping.consent;

import java.time.Instant;

/**
 * Orders the states of <em>one</em> contact or Didomi user: by version if both states have one, else by time.
 *
 * @param version Didomi's {@code version} or the contact's row version; {@link Choice#UNKNOWN_VERSION} if not given
 * @param at the time as which the state counts: its own, or the moment it was first seen if its own lay in the future
 * @param rowTime the state's own time, {@code updated_at} or {@code modifiedon}: it tells whether the state changed
 */
public record Stamp(long version, Instant at, Instant rowTime) {

    /** A state whose own time counts. */
    public Stamp(long version, Instant at) {
        this(version, at, at);
    }

    /** Whether this state is the other one or later. */
    public boolean covers(Stamp other) {
        if (version != Choice.UNKNOWN_VERSION && other.version != Choice.UNKNOWN_VERSION) {
            return other.version <= version;
        }
        // Between times from the future only the moments at which they were seen tell an order.
        return rowTime.equals(other.rowTime) || !other.at.isAfter(at);
    }

    /**
     * Whether this state may be later than the other one although both have the same time. Dynamics keeps whole seconds,
     * and its webhooks give no row version.
     */
    public boolean mayFollowWithinASecond(Stamp other) {
        boolean unordered = version == Choice.UNKNOWN_VERSION || other.version == Choice.UNKNOWN_VERSION;
        return at.equals(other.at) && (unordered || version > other.version);
    }

    /** The same; if it is the state that is known already, dated as that was. */
    public Stamp asFirstSeen(Stamp known) {
        boolean same = version == known.version && rowTime.equals(known.rowTime);
        return same && known.at.isBefore(at) ? known : this;
    }
}
