package io.github.consentbridge.sync.history;

import io.github.consentbridge.mapping.consent.ConsentRecordId;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.mapping.document.ConsentValue;
import io.github.consentbridge.mapping.settle.ReportedChoice;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One fact of a person's history. Facts that do not apply to its kind are null.
 *
 * @param at when it was recorded
 * @param recordId the Didomi value and regulation; null for {@link HistoryKind#ERASURE} and {@link
 *     HistoryKind#DISCARDED}
 * @param replica where: a Didomi user id or a contact column's logical name; null for Didomi as a whole
 * @param value in Didomi's terms; null if the side shows nothing
 * @param decidedAt when the choice was made; for an event the date that it carries in Didomi
 * @param notBefore of an inferred choice: it was made between this time and {@code decidedAt}. Of a removal: the time of the
 *     replica's newest choice that is left, null if none is
 * @param rowVersion of a choice in a contact column, which orders choices of the same second; -1 if unknown
 * @param by who, as that side names them: {@code event …} or {@code user …}; null if it does not say. Of
 *     a dead letter that was given up: {@code operator …}
 * @param delivery the delivery that reported the choice, or that was given up
 * @param column what was written
 * @param eventId of an event of ours: its id in Didomi
 * @param reason in one sentence, why
 */
public record HistoryEntry(
        Instant at,
        HistoryKind kind,
        @Nullable ConsentRecordId recordId,
        @Nullable Side side,
        @Nullable String replica,
        @Nullable ConsentValue value,
        @Nullable Instant decidedAt,
        @Nullable Instant notBefore,
        long rowVersion,
        @Nullable String by,
        @Nullable String delivery,
        @Nullable WrittenColumn column,
        @Nullable String eventId,
        @Nullable String reason) {

    /** The entry's choice, an inferred one dated at its latest time. */
    ReportedChoice choice() {
        if (value == null || decidedAt == null) {
            throw new IllegalStateException("an entry of kind " + kind + " has no choice");
        }
        return new ReportedChoice(value, decidedAt, rowVersion, delivery == null ? "" : delivery);
    }
}
