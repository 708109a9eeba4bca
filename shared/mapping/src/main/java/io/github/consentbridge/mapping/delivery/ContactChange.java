package io.github.consentbridge.mapping.delivery;

import static java.util.Objects.requireNonNull;

import io.github.consentbridge.mapping.consent.ContactState;
import io.github.consentbridge.mapping.consent.Stamp;
import io.github.consentbridge.mapping.document.AttributeName;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one delivery from Dynamics says about one contact, in column values. {@link ContactChoices}, which knows the
 * columns' types, decides which of them are choices.
 *
 * @param key the organization user id as the row spells it; null if the delivery does not contain it
 * @param target the columns that were submitted
 * @param before the columns before the change, as far as a pre-image has them
 * @param reported whether the delivery contains the submitted columns: Dynamics strips them above 256 KB
 * @param copied whether a merge copied the values into the row, so that nobody decided them
 * @param stamp the row's version and {@code modifiedon}; null if the delivery has no {@code modifiedon}
 * @param merger set where the row was merged into another
 * @param initiatingUser the user who started the operation; null if not given
 * @param organization of the environment that sent it; null if not given
 * @param correlationId names everything that one operation caused, for logs; empty if not given
 */
public record ContactChange(
        Kind kind,
        UUID contactId,
        @Nullable String key,
        ColumnValues target,
        ColumnValues before,
        boolean reported,
        boolean copied,
        @Nullable Stamp stamp,
        @Nullable Merger merger,
        @Nullable UUID initiatingUser,
        @Nullable UUID organization,
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
     * The row was merged into another, which made it inactive.
     *
     * @param survivor the contact into which it was merged; null if not given
     */
    public record Merger(@Nullable UUID survivor) {}

    /** Whether this environment sent it. A delivery that names none counts as ours: our key came with it. */
    public boolean isFrom(UUID environment) {
        return organization == null || organization.equals(environment);
    }

    /** Whether the row must be read to know the person, the time or the chosen values. */
    public boolean needsRow() {
        return kind != Kind.DELETED
                && (key == null
                        || !reported
                        || stamp == null
                        || merger != null
                        || !target.unreadable().isEmpty());
    }

    /**
     * The same, with the row's values where the delivery has none.
     *
     * @param row as read after the delivery; its values belong to this change only if it has not changed since
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
                copied,
                stamp == null ? row.stamp() : stamp,
                merger,
                initiatingUser,
                organization,
                correlationId);
    }

    private ColumnValues completed(ContactState row) {
        Map<AttributeName, Object> values = row.values();
        if (!reported) {
            String modifiedOn = row.stamp().rowTime().toString();
            boolean untouched = kind == Kind.CREATED && modifiedOn.equals(values.get(CREATED_ON));
            return untouched ? new ColumnValues(values, target.empty(), Map.of()) : target;
        }
        boolean unchanged = stamp == null || stamp.rowTime().equals(row.stamp().rowTime());
        return unchanged ? target.readableBy(values) : target;
    }

    /** The same change for another person, the one whose row this one was merged into. */
    public ContactChange withKey(@Nullable String other) {
        return new ContactChange(
                kind,
                contactId,
                other,
                target,
                before,
                reported,
                copied,
                stamp,
                merger,
                initiatingUser,
                organization,
                correlationId);
    }

    /** Names the contact by its id only: no personal data. */
    @Override
    public String toString() {
        return "ContactChange[" + kind + " " + contactId + "]";
    }
}
