package io.github.consentbridge.mapping.consent;

import static java.util.Objects.requireNonNull;

import io.github.consentbridge.mapping.document.AttributeName;
import io.github.consentbridge.mapping.document.ConsentValue;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A value that somebody decided, with the time of the decision.
 *
 * @param column the contact column in which it was decided; null if it was decided in Didomi
 * @param userId the Didomi user who decided it, empty if the event names none; null if it was decided in Dynamics
 * @param decidedAt Didomi's {@code created_at}, or the row's {@code modifiedon} (whole seconds); the moment it was
 *     stored, or we were told, if that lay in the future
 * @param claimedAt the time that its system gave
 * @param storedAt when Didomi stored the event, by its own clock; null if it does not say, and in Dynamics
 * @param latest whether {@code decidedAt} is only the latest possible time. This is so where a Didomi user changed and no
 *     event is named: a back-dated event or one of ours may have caused it, or the deletion of another
 * @param rowVersion the contact's row version after the choice; {@link #UNKNOWN_VERSION} in Didomi or if not given
 * @param delivery the delivery that reported it, for {@code explain}
 * @param by who made it, as the side names them: {@code event …} or {@code user …}; null if the delivery does not say
 */
public record Choice(
        ConsentRecordId recordId,
        @Nullable AttributeName column,
        @Nullable String userId,
        ConsentValue value,
        Instant decidedAt,
        Instant claimedAt,
        @Nullable Instant storedAt,
        boolean latest,
        long rowVersion,
        String delivery,
        @Nullable String by) {
    public static final long UNKNOWN_VERSION = -1;

    public Choice {
        requireNonNull(recordId, "recordId");
        requireNonNull(value, "value");
        requireNonNull(decidedAt, "decidedAt");
        requireNonNull(claimedAt, "claimedAt");
        requireNonNull(delivery, "delivery");
        if ((column == null) == (userId == null)) {
            throw new IllegalArgumentException("a choice is made either in a contact column or by a Didomi user");
        }
    }

    public static Choice inDidomi(
            ConsentRecordId recordId, String userId, ConsentValue value, Instant decidedAt, String delivery) {
        return new Choice(
                recordId, null, userId, value, decidedAt, decidedAt, null, false, UNKNOWN_VERSION, delivery, null);
    }

    /** A choice that a Didomi user shows: it was made at the given time, or before. */
    public static Choice atTheLatest(
            ConsentRecordId recordId, String userId, ConsentValue value, Instant latest, String delivery) {
        return new Choice(recordId, null, userId, value, latest, latest, null, true, UNKNOWN_VERSION, delivery, null);
    }

    public static Choice inColumn(
            ConsentRecordId recordId,
            AttributeName column,
            ConsentValue value,
            Instant decidedAt,
            long rowVersion,
            String delivery) {
        return new Choice(recordId, column, null, value, decidedAt, decidedAt, null, false, rowVersion, delivery, null);
    }

    /** The same, made by this event or user. */
    public Choice by(@Nullable String who) {
        return new Choice(
                recordId, column, userId, value, decidedAt, claimedAt, storedAt, latest, rowVersion, delivery, who);
    }

    /** The same, with the time at which Didomi stored its event. */
    public Choice storedAt(@Nullable Instant time) {
        return new Choice(
                recordId, column, userId, value, decidedAt, claimedAt, time, latest, rowVersion, delivery, by);
    }

    /** The same, dated by the clock rule: a choice from the future was made when it was stored, or before we were told. */
    public Choice counted(ClockRule rule) {
        Instant counted = rule.counted(claimedAt);
        boolean stored = storedAt != null && counted.isBefore(claimedAt) && storedAt.isBefore(counted);
        return decidedAt(stored ? storedAt : counted);
    }

    /** Whether Didomi told when it was made, although the date that the event carries lies in the future. */
    public boolean isDatedByDidomi() {
        return decidedAt.equals(storedAt);
    }

    /** The same, counted as of another time; what its system claims stays known. */
    public Choice decidedAt(Instant time) {
        return time.equals(decidedAt)
                ? this
                : new Choice(
                        recordId, column, userId, value, time, claimedAt, storedAt, latest, rowVersion, delivery, by);
    }

    /** Whether its system dated it in the future, so that it counts as of the moment at which we were told. */
    public boolean isFutureDated() {
        return claimedAt.isAfter(decidedAt);
    }
}
