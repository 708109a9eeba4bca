package io.github.consentbridge.connectors.dataverse.audit;

import static java.util.Objects.requireNonNull;

import io.github.consentbridge.connectors.dataverse.contact.ContactRow;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One change of one column of a contact, from the audit history.
 *
 * @param at the time of the change, in whole seconds
 * @param userId {@code systemuserid} of the user who made the change, possibly our application user
 * @param action the {@code action} of the audit record: 1 for Create, 2 for Update, 12 for Merge; 0 if not given
 * @param before the old value as in {@link ContactRow#values()}; null if empty. Texts of more than 5 KB are truncated.
 * @param after the new value; null if empty
 */
public record ColumnChange(
        Instant at,
        UUID userId,
        int action,
        @Nullable Object before,
        @Nullable Object after) {
    private static final int CREATE = 1;
    private static final int MERGE = 12;

    public ColumnChange {
        requireNonNull(at, "at");
        requireNonNull(userId, "userId");
    }

    /** Whether the value is the one with which the contact was created: the column's default, or one that was given. */
    public boolean isCreation() {
        return action == CREATE;
    }

    /** Whether a merge copied the new value from another contact. */
    public boolean isMerge() {
        return action == MERGE;
    }

    /** Contains the time and the user, not the values. */
    @Override
    public String toString() {
        return "ColumnChange[" + at + " " + userId + "]";
    }
}
