package io.github.consentbridge.mapping.settle;

import io.github.consentbridge.mapping.consent.Choice;
import io.github.consentbridge.mapping.consent.ConsentRecordId;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.mapping.document.AttributeName;
import io.github.consentbridge.mapping.document.ConsentValue;
import io.github.consentbridge.mapping.document.Mapping;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What settling one person came to. The order is: save {@code person} (conditional on the revision that was loaded),
 * write, then save what {@link Confirmation} makes of the ledger.
 *
 * @param person the ledger entry before the write; the same instance that was loaded where nothing changed
 * @param columnWrites columns to write on the contact that was read
 * @param events consent events to post
 * @param changes what will change where, and why
 * @param misfits values that a column or Didomi cannot hold: permanent, the rest still applies
 * @param superseded choices in hand that do not stand
 * @param unreported changes that were noticed behind our back
 * @param unresolved values that were read and differ, and that nothing is repairing
 * @param need what must be read before this may be applied; where it is not {@link Need#NOTHING} nothing may be saved
 */
public record Settlement(
        Person person,
        List<ColumnWrite> columnWrites,
        List<PlannedEvent> events,
        List<Change> changes,
        List<Misfit> misfits,
        List<Choice> superseded,
        List<Unreported> unreported,
        List<Undated> undated,
        List<Unresolved> unresolved,
        Need need) {

    /**
     * One column to write.
     *
     * @param columnValue the value as the Web API takes it; null clears the column
     * @param etag the row's ETag on which the write depends; empty where the row is to be created
     */
    public record ColumnWrite(
            ConsentRecordId recordId,
            AttributeName column,
            ConsentValue value,
            @Nullable Object columnValue,
            String etag) {
        PendingWrite pending() {
            return new PendingWrite(value, etag, 1);
        }
    }

    /** One difference between the choice that stands and what a side shows. */
    public record Change(
            ConsentRecordId recordId,
            @Nullable AttributeName column,
            @Nullable ConsentValue before,
            Decision decision) {}

    /** A value that cannot be written. */
    public record Misfit(Mapping mapping, String reason) {}

    /** A change that no delivery has told. */
    public record Unreported(ConsentRecordId recordId, Side side, InferredChoice inferred) {}

    /** A change in a contact's column that decides by the latest time that it can have: its own time may be known. */
    public record Undated(ConsentRecordId recordId, AttributeName column, InferredChoice inferred) {

        /** The write of ours that missed if the column's history does not know this change; empty if it is certain. */
        public Optional<ColumnWrite> missedIfUnknown() {
            return Optional.ofNullable(inferred.open())
                    .map(open -> new ColumnWrite(recordId, column, open.value(), null, open.condition()));
        }
    }

    /**
     * A column and Didomi show different values, and no write or event is under way that would change that.
     *
     * @param reason why not, as a sentence
     */
    public record Unresolved(
            ConsentRecordId recordId,
            AttributeName column,
            ConsentValue inDidomi,
            @Nullable ConsentValue inColumn,
            String reason) {}

    /** What is missing for a decision. */
    public enum Need {
        NOTHING,
        /** An event is due, or Didomi asked for a new look: read the Didomi users and settle again. */
        DIDOMI_USERS,
        /** A change in Didomi without a date contends with another choice: read the person's events, settle again. */
        DIDOMI_EVENTS
    }

    /** The same, where the history of these columns was asked: what it did not date need not be asked for again. */
    public Settlement afterHistory(List<Undated> asked) {
        Person searched = person;
        for (Undated change : asked) {
            ConsentRecord record = searched.record(change.recordId());
            Replica replica = record.column(change.column());
            if (change.inferred().equals(replica.inferred())) {
                Replica known = replica.withInferred(change.inferred().afterSearch());
                searched = searched.with(Map.of(change.recordId(), record.withColumn(change.column(), known)));
            }
        }
        return new Settlement(
                searched, columnWrites, events, changes, misfits, superseded, unreported, undated, unresolved, need);
    }

    public boolean writesNothing() {
        return columnWrites.isEmpty() && events.isEmpty();
    }
}
