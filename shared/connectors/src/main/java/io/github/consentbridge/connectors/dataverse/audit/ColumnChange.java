package io.github.consentbridge.connectors.dataverse.audit;

import static java.util.Objects.requireNonNull;

import io.github.consentbridge.connectors.dataverse.contact.ContactRow;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One change of one column of a contact, from the audit history.
 *
 * @param at when, in whole seconds
 * @param userId {@code systemuserid} of whoever changed it, ourselves included
 * @param before the old value as in {@link ContactRow#values()}; null for none. Texts of more than 5 KB are cut short.
 * @param after the new value; null for none
 */
public record ColumnChange(
        Instant at,
        UUID userId,
        @Nullable Object before,
        @Nullable Object after) {
    public ColumnChange {
        requireNonNull(at, "at");
        requireNonNull(userId, "userId");
    }

    /** Says when and by whom, not what. */
    @Override
    public String toString() {
        return "ColumnChange[" + at + " " + userId + "]";
    }
}
