package io.github.consentbridge.settle;

import io.github.consentbridge.mapping.ConsentValue;
import java.time.Instant;

/**
 * A choice of which no delivery told us: the value was there when we looked. It was decided later than {@code after}
 * and at the latest at {@code at}, and it gives way when the delivery that it stands for arrives.
 *
 * @param after the epoch in Didomi, where an event may carry any date in the past
 * @param searched whether the place's own history was searched for its date, and did not tell
 */
public record Noticed(ConsentValue value, Instant after, Instant at, boolean searched) {

    /** Whether a choice with this value and time can be the one that was noticed. */
    boolean standsFor(ConsentValue told, Instant decidedAt) {
        return value.equals(told) && decidedAt.isAfter(after) && !decidedAt.isAfter(at);
    }
}
