package io.github.consentbridge.mapping.settle;

import io.github.consentbridge.mapping.document.ConsentValue;
import org.jspecify.annotations.Nullable;

/**
 * A value on its way to a contact column, not yet confirmed there.
 *
 * @param condition what the write depends on, the contact's ETag: once the row has another, the write has landed or never
 *     will
 * @param claims how many attempts may have written it: each is counted before it is sent, and no longer once it is known
 *     to have missed
 */
public record PendingWrite(ConsentValue value, String condition, int claims) {

    boolean isSame(PendingWrite other) {
        return value.equals(other.value) && condition.equals(other.condition);
    }

    PendingWrite claimedOnceMore() {
        return new PendingWrite(value, condition, claims + 1);
    }

    /** After one attempt missed; null where none is left. */
    @Nullable
    PendingWrite missedOnce() {
        return claims > 1 ? new PendingWrite(value, condition, claims - 1) : null;
    }
}
