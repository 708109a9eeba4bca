package io.github.consentbridge.sync.reconciliation;

import io.github.consentbridge.mapping.consent.ConsentRecordId;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.mapping.document.AttributeName;
import io.github.consentbridge.mapping.document.ConsentValue;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.mapping.document.Mapping;
import io.github.consentbridge.mapping.settle.ConsentRecord;
import io.github.consentbridge.mapping.settle.Person;
import io.github.consentbridge.mapping.settle.Replica;
import io.github.consentbridge.mapping.settle.Settlement;
import io.github.consentbridge.sync.report.DecisionReason;
import io.github.consentbridge.sync.worker.SettledPerson;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A replica that shows another value than the choice that stands.
 *
 * @param key the organization user id
 * @param contactId null if there is no contact yet
 * @param mapping the column to be written; for Didomi the first column that shows the value
 * @param columnValue what the column held when it was read, in the Web API's terms; null if it was empty
 * @param side where the difference is: the side that is written
 * @param winner the side on which the choice that stands was made
 * @param reason why it stands
 * @param applied whether the difference was repaired
 */
public record Difference(
        String key,
        @Nullable String contactId,
        String mapping,
        Side side,
        Shown didomi,
        Shown dynamics,
        @Nullable Object columnValue,
        Side winner,
        String reason,
        boolean applied) {

    /**
     * What a side shows.
     *
     * @param value null if it shows nothing
     * @param at since when, if known: Didomi's own time, or the row's {@code modifiedon}
     */
    public record Shown(
            @Nullable ConsentValue value, @Nullable Instant at) {
        static Shown didomi(ConsentRecord record, @Nullable ConsentValue value) {
            // Another of the person's Didomi users can show another value; since when is said in the reason.
            boolean last = value == null || value.equals(record.didomiValue());
            return new Shown(value, last ? record.didomiSince() : null);
        }

        static Shown column(Replica column, @Nullable ConsentValue value) {
            return new Shown(
                    value,
                    column.observed() == null ? null : column.observed().stamp().at());
        }
    }

    /** The differences of a settled person. */
    static List<Difference> of(SettledPerson settled, Integration integration) {
        return settled.changes().stream()
                .map(change -> of(settled, Objects.requireNonNull(settled.person()), change, integration))
                .toList();
    }

    private static Difference of(
            SettledPerson settled, Person person, Settlement.Change change, Integration integration) {
        Mapping mapping = integration.mappings().stream()
                .filter(each -> ConsentRecordId.of(each).equals(change.recordId()))
                .findFirst()
                .orElseThrow();
        @Nullable AttributeName written = change.column();
        AttributeName column = written != null ? written : mapping.column();
        ConsentRecord record = person.record(change.recordId());
        Replica replica = record.column(column);
        // The ledger keeps nothing about the column of a property.
        @Nullable
        ConsentValue value = replica.observed() != null ? replica.observed().value() : change.before();
        return new Difference(
                settled.key().value(),
                person.contactId(),
                column.logicalName(),
                written == null ? Side.DIDOMI : Side.DYNAMICS,
                Shown.didomi(record, record.didomiValue()),
                Shown.column(replica, value),
                settled.columnValues().get(column.logicalName()),
                change.decision().side(),
                DecisionReason.of(change.decision(), record, mapping.wins()),
                settled.isApplied(change));
    }
}
