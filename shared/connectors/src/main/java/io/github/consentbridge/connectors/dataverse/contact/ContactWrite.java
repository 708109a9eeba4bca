package io.github.consentbridge.connectors.dataverse.contact;

import static java.util.Objects.requireNonNull;

import io.github.consentbridge.connectors.dataverse.api.BatchRequest;
import io.github.consentbridge.connectors.dataverse.api.ContactColumns;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One write to one contact. It is always conditional, so a repeat after a lost answer cannot write twice: the answer is
 * {@link WriteResult.Conflict} or {@link WriteResult.Duplicate}.
 *
 * <p>Values are {@code Boolean}, {@code Integer}, {@code Long}, {@code Double}, {@code BigDecimal} or {@code String}.
 */
public sealed interface ContactWrite {
    /** {@code contactid} of the written contact. */
    UUID id();

    /** The logical names of the columns to be written, without {@code contactid}. */
    Set<String> columns();

    /** The same without these columns. */
    ContactWrite without(Set<String> leftOut);

    /**
     * Changes some columns of a contact, provided that it has not changed since it was read.
     *
     * @param etag from {@link ContactRow#etag()}
     * @param changes column logical name to value, differences only; null clears the column; not empty
     */
    record Update(UUID id, String etag, Map<String, @Nullable Object> changes) implements ContactWrite {
        public Update {
            requireNonNull(id, "id");
            BatchRequest.requireEtag(etag);
            changes.forEach(ContactColumns::requireWritable);
            if (changes.isEmpty()) {
                throw new IllegalArgumentException("an update without changes would still trigger plug-ins and flows");
            }
            changes = Collections.unmodifiableMap(new LinkedHashMap<>(changes));
        }

        @Override
        public Set<String> columns() {
            return changes.keySet();
        }

        @Override
        public Update without(Set<String> leftOut) {
            Map<String, @Nullable Object> left = new LinkedHashMap<>(changes);
            left.keySet().removeAll(leftOut);
            return new Update(id, etag, left);
        }

        /** Says which row, not what is in it. */
        @Override
        public String toString() {
            return "Update[" + id + " " + etag + " " + changes.keySet() + "]";
        }
    }

    /**
     * Creates a contact.
     *
     * @param id the {@code contactid} that we choose, the same on every repeat
     * @param values column logical name to value, without {@code contactid}
     */
    record Create(UUID id, Map<String, Object> values) implements ContactWrite {
        public Create {
            requireNonNull(id, "id");
            values.forEach(ContactColumns::requireWritable);
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        }

        @Override
        public Set<String> columns() {
            return values.keySet();
        }

        @Override
        public Create without(Set<String> leftOut) {
            Map<String, Object> left = new LinkedHashMap<>(values);
            left.keySet().removeAll(leftOut);
            return new Create(id, left);
        }

        /** Says which row, not what is in it. */
        @Override
        public String toString() {
            return "Create[" + id + " " + values.keySet() + "]";
        }
    }
}
