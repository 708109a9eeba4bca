package io.github.consentbridge.mapping.delivery;

import static java.util.Objects.requireNonNull;

import io.github.consentbridge.mapping.consent.ContactState;
import io.github.consentbridge.mapping.consent.Stamp;
import io.github.consentbridge.mapping.document.AttributeName;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one delivery of Dynamics says of one contact, in column values: what of it is a choice is told by
 * {@link ContactChoices}, which needs the columns' types.
 *
 * @param key the organization user id as the row spells it; null where the delivery does not tell it
 * @param target the columns that were submitted
 * @param before the columns before the change, as far as a pre-image tells them
 * @param reported whether the delivery tells what was submitted: Dynamics leaves it out of a delivery above 256 KB
 * @param stamp the row's version and {@code modifiedon}; null where the delivery does not tell it
 * @param merger set where the row was merged into another
 * @param initiatingUser who started it; null where not told
 * @param correlationId groups what one operation set off, for logs; empty where not told
 */
public record ContactChange(
        Kind kind,
        UUID contactId,
        @Nullable String key,
        ColumnValues target,
        ColumnValues before,
        boolean reported,
        @Nullable Stamp stamp,
        @Nullable Merger merger,
        @Nullable UUID initiatingUser,
        String correlationId)
        implements ContactReading {
    private static final AttributeName CREATED_ON = new AttributeName("createdon");

    public ContactChange {
        requireNonNull(kind, "kind");
        requireNonNull(contactId, "contactId");
    }

    /** What happened to the row. */
    public enum Kind {
        CREATED,
        UPDATED,
        DELETED
    }

    /**
     * The row was merged into another, and is inactive since.
     *
     * @param survivor the contact that it was merged into; null where not told
     */
    public record Merger(@Nullable UUID survivor) {}

    /** Whether only the row can tell whom this concerns, when it happened, or what was chosen. */
    public boolean needsRow() {
        return kind != Kind.DELETED
                && (key == null
                        || !reported
                        || stamp == null
                        || merger != null
                        || !target.unreadable().isEmpty());
    }

    /**
     * The same, with what the row shows where the delivery says nothing.
     *
     * @param row as read after the delivery: a state of its own only where nobody has changed it since
     */
    public ContactChange completedBy(ContactState row, AttributeName contactKey) {
        @Nullable Object rowKey = row.values().get(contactKey);
        return new ContactChange(
                kind,
                contactId,
                key != null || rowKey == null || rowKey.toString().isBlank() ? key : rowKey.toString(),
                completed(row),
                before,
                reported,
                stamp == null ? row.stamp() : stamp,
                merger,
                initiatingUser,
                correlationId);
    }

    private ColumnValues completed(ContactState row) {
        Map<AttributeName, Object> values = row.values();
        if (!reported) {
            String modifiedOn = row.stamp().at().toString();
            boolean untouched = kind == Kind.CREATED && modifiedOn.equals(values.get(CREATED_ON));
            return untouched ? new ColumnValues(values, target.empty(), Map.of()) : target;
        }
        boolean unchanged = stamp == null || stamp.at().equals(row.stamp().at());
        return unchanged ? target.readableBy(values) : target;
    }

    /** The same change as one of another person's: whose row this one was merged into. */
    public ContactChange withKey(@Nullable String other) {
        return new ContactChange(
                kind, contactId, other, target, before, reported, stamp, merger, initiatingUser, correlationId);
    }

    /** Says which contact, not who it is or what is in it. */
    @Override
    public String toString() {
        return "ContactChange[" + kind + " " + contactId + "]";
    }
}
