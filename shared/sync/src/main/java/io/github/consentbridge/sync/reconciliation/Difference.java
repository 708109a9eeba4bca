package io.github.consentbridge.sync.reconciliation;

import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.mapping.document.ConsentValue;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One place that shows something else than the choice that stands.
 *
 * @param key the organization user id
 * @param contactId null where there is no contact yet
 * @param mapping the column that is to be written; for Didomi the first column that shows the value
 * @param side where the difference is: the side that is written
 * @param winner on which side the choice that stands was made
 * @param reason why it stands
 * @param applied whether it was put right
 */
public record Difference(
        String key,
        @Nullable String contactId,
        String mapping,
        Side side,
        Shown didomi,
        Shown dynamics,
        Side winner,
        String reason,
        boolean applied) {

    /**
     * What a side shows.
     *
     * @param value null where it shows nothing
     * @param at since when, as far as it tells: Didomi's own time, or the row's {@code modifiedon}
     */
    public record Shown(
            @Nullable ConsentValue value, @Nullable Instant at) {}
}
