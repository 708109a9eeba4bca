package io.github.consentbridge.mapping.settle;

import io.github.consentbridge.mapping.document.ConsentValue;
import org.jspecify.annotations.Nullable;

/**
 * A value on its way to a contact column, not yet confirmed there.
 *
 * @param condition the contact's ETag, on which the write depends: once the row has another ETag, the write was applied
 *     or never will be
 * @param attempts how many attempts may have written it: each is counted before it is sent, and subtracted once it is
 *     known to have failed
 */
public record PendingWrite(ConsentValue value, String condition, int attempts) {

    boolean isSame(PendingWrite other) {
        return value.equals(other.value) && condition.equals(other.condition);
    }

    PendingWrite withOneMoreAttempt() {
        return new PendingWrite(value, condition, attempts + 1);
    }

    /** After one attempt failed; null if that was the last one. */
    @Nullable
    PendingWrite withOneAttemptLess() {
        return attempts > 1 ? new PendingWrite(value, condition, attempts - 1) : null;
    }
}
