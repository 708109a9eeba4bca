package io.github.consentbridge.mapping.consent;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;

/**
 * The one clock rule: no source is trusted about the future. A time later than the moment at which we received or read
 * it counts as that moment. If it counted as it is, a wrong clock would beat every choice made until then.
 *
 * @param moment when the delivery was received, or when the row, the user or the event was read
 */
public record ClockRule(Instant moment) {
    /**
     * How far ahead a clock may be: both systems and our host keep their clocks right to about a second, and a choice
     * may come from a device whose owner set its clock by hand.
     */
    static final Duration TOLERANCE = Duration.ofMinutes(10);

    public ClockRule {
        requireNonNull(moment, "moment");
    }

    /** The time as which a time given by another system counts. */
    public Instant counted(Instant given) {
        return isAhead(given) ? moment : given;
    }

    /** The same state, dated at the latest at the moment. Its own time stays known. */
    public Stamp counted(Stamp given) {
        return new Stamp(given.version(), counted(given.rowTime()), given.rowTime());
    }

    /** Whether this time lies further in the future than a clock can be expected to be wrong. */
    public boolean isAhead(Instant given) {
        return given.isAfter(moment.plus(TOLERANCE));
    }
}
