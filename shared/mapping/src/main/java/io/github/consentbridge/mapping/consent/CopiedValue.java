package io.github.consentbridge.mapping.consent;

import static java.util.Objects.requireNonNull;

import io.github.consentbridge.mapping.document.AttributeName;
import io.github.consentbridge.mapping.document.ConsentValue;

/**
 * A value that was copied into a contact column, as a merge does: it explains what the column shows and is not a
 * choice.
 *
 * @param contactId the contact that got the value
 * @param stamp the contact's state from then on
 */
public record CopiedValue(
        ConsentRecordId recordId, String contactId, AttributeName column, ConsentValue value, Stamp stamp) {
    public CopiedValue {
        requireNonNull(recordId, "recordId");
        requireNonNull(contactId, "contactId");
        requireNonNull(column, "column");
        requireNonNull(value, "value");
        requireNonNull(stamp, "stamp");
    }
}
