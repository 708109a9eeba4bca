package io.github.consentbridge.mapping.consent;

import static java.util.Objects.requireNonNull;

import io.github.consentbridge.mapping.document.AttributeName;
import io.github.consentbridge.mapping.document.ConsentValue;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A value that somebody decided, with the time at which they did.
 *
 * @param column the contact column in which it was decided; null if it was decided in Didomi
 * @param userId the Didomi user by whom it was decided, empty where not told; null if it was decided in Dynamics
 * @param decidedAt Didomi's {@code created_at}, or the row's {@code modifiedon} (whole seconds)
 * @param latest whether {@code decidedAt} is only the latest time at which it can have been decided: that of a new Didomi
 *     user, whom a back-dated event or one of ours can have brought forth
 * @param rowVersion the contact's row version after the choice; {@link #UNKNOWN_VERSION} in Didomi or where not told
 * @param delivery the delivery that told it, for {@code explain}
 */
public record Choice(
        ConsentRecordId recordId,
        @Nullable AttributeName column,
        @Nullable String userId,
        ConsentValue value,
        Instant decidedAt,
        boolean latest,
        long rowVersion,
        String delivery) {
    public static final long UNKNOWN_VERSION = -1;

    public Choice {
        requireNonNull(recordId, "register");
        requireNonNull(value, "value");
        requireNonNull(decidedAt, "decidedAt");
        requireNonNull(delivery, "delivery");
        if ((column == null) == (userId == null)) {
            throw new IllegalArgumentException("a choice was made in a contact column or by a Didomi user");
        }
    }

    public static Choice inDidomi(
            ConsentRecordId recordId, String userId, ConsentValue value, Instant decidedAt, String delivery) {
        return new Choice(recordId, null, userId, value, decidedAt, false, UNKNOWN_VERSION, delivery);
    }

    /** A choice that a new Didomi user shows: it was made when the user came to be, or before. */
    public static Choice ofNewUser(
            ConsentRecordId recordId, String userId, ConsentValue value, Instant latest, String delivery) {
        return new Choice(recordId, null, userId, value, latest, true, UNKNOWN_VERSION, delivery);
    }

    public static Choice inColumn(
            ConsentRecordId recordId,
            AttributeName column,
            ConsentValue value,
            Instant decidedAt,
            long rowVersion,
            String delivery) {
        return new Choice(recordId, column, null, value, decidedAt, false, rowVersion, delivery);
    }
}
