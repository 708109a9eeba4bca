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
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The result of settling one person. Rule R4 gives the order: save {@code person} (conditional on the loaded revision),
 * write, then save the {@link Confirmation}.
 *
 * @param person the ledger entry to save before the write; the loaded instance itself if nothing changed
 * @param columnWrites columns to write on the contact that was read
 * @param events consent events to post
 * @param changes the differences that the writes and events repair
 * @param misfits values that a column or Didomi cannot hold: a permanent failure, which does not stop the rest
 * @param superseded choices of the settle input that lost
 * @param unreported changes from which choices were inferred
 * @param undated column changes whose exact time audit history may know
 * @param unresolved values that were read and differ, and that no write or event repairs
 * @param need what must be read first; unless it is {@link Need#NOTHING}, nothing of this settlement may be saved
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
     * @param columnValue the value in the Web API's terms; null clears the column
     * @param etag the row's ETag, on which the write depends; empty if the row is to be created
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

    /** One difference between the winning choice and what a side shows. */
    public record Change(
            ConsentRecordId recordId,
            @Nullable AttributeName column,
            @Nullable ConsentValue before,
            Decision decision) {}

    /** A value that cannot be written. */
    public record Misfit(Mapping mapping, String reason) {}

    /** A change that no delivery reported. */
    public record Unreported(ConsentRecordId recordId, Side side, InferredChoice inferred) {}

    /**
     * A change in a contact column that decides only by its latest possible time: audit history may know the exact one.
     */
    public record Undated(ConsentRecordId recordId, AttributeName column, InferredChoice inferred) {

        /**
         * The write of ours that failed if audit history does not contain this change; empty if the change is certain.
         */
        public Optional<ColumnWrite> failedWriteIfUnknown() {
            return Optional.ofNullable(inferred.uncertainWrite())
                    .map(write -> new ColumnWrite(recordId, column, write.value(), null, write.condition()));
        }
    }

    /**
     * A column and Didomi show different values, and no write or event will change that.
     *
     * @param reason why nothing will, as a sentence
     */
    public record Unresolved(
            ConsentRecordId recordId,
            AttributeName column,
            ConsentValue inDidomi,
            @Nullable ConsentValue inColumn,
            String reason) {}

    /** What must be read before a decision. */
    public enum Need {
        NOTHING,
        /** An event is due, or what Didomi shows is uncertain: read the Didomi users and settle again. */
        DIDOMI_USERS,
        /** An undated change in Didomi contends with another choice: read the person's events and settle again. */
        DIDOMI_EVENTS
    }

    /** The same, after audit history was asked for these columns: changes it did not date are not asked for again. */
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
        return with(searched, columnWrites, changes);
    }

    /**
     * The same, without remembering Didomi users that no longer exist and whose choices others have replaced. Only where all
     * Didomi users were read.
     */
    public Settlement withoutReplacedUsers() {
        return with(person.withoutReplacedUsers(), columnWrites, changes);
    }

    /** The same without these columns, which Dataverse refused: neither written nor repaired. */
    public Settlement withoutColumns(Set<AttributeName> refused) {
        return with(
                person,
                columnWrites.stream()
                        .filter(write -> !refused.contains(write.column()))
                        .toList(),
                changes.stream()
                        .filter(change -> change.column() == null || !refused.contains(change.column()))
                        .toList());
    }

    private Settlement with(Person other, List<ColumnWrite> otherWrites, List<Change> otherChanges) {
        return new Settlement(
                other, otherWrites, events, otherChanges, misfits, superseded, unreported, undated, unresolved, need);
    }

    public boolean writesNothing() {
        return columnWrites.isEmpty() && events.isEmpty();
    }
}
