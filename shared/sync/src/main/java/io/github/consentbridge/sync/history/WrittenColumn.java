package io.github.consentbridge.sync.history;

import org.jspecify.annotations.Nullable;

/**
 * A contact column that was written, in the Web API's terms: a Boolean, a number or a text; null where the column is empty.
 *
 * @param before what the column held when the contact was read; null also if that is not known
 */
public record WrittenColumn(
        String contactId, @Nullable Object before, @Nullable Object after) {}
