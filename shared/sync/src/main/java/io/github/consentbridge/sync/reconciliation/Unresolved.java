package io.github.consentbridge.sync.reconciliation;

import io.github.consentbridge.mapping.settle.ConsentRecord;
import io.github.consentbridge.mapping.settle.Person;
import io.github.consentbridge.mapping.settle.Settlement;
import io.github.consentbridge.sync.reconciliation.Difference.Shown;
import io.github.consentbridge.sync.worker.SettledPerson;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Two values that were read and differ, and that no write or event repairs.
 *
 * @param key the organization user id
 * @param mapping the column that shows the other value
 * @param columnValue what the column held when it was read, in the Web API's terms; null if it was empty
 * @param reason what is known about it, as a sentence
 */
public record Unresolved(
        String key,
        @Nullable String contactId,
        String mapping,
        Shown didomi,
        Shown dynamics,
        @Nullable Object columnValue,
        String reason) {

    /** The unresolved differences of a settled person. */
    static List<Unresolved> of(SettledPerson settled) {
        return settled.unresolved().stream()
                .map(each -> of(settled, Objects.requireNonNull(settled.person()), each))
                .toList();
    }

    private static Unresolved of(SettledPerson settled, Person person, Settlement.Unresolved each) {
        ConsentRecord record = person.record(each.recordId());
        return new Unresolved(
                settled.key().value(),
                person.contactId(),
                each.column().logicalName(),
                Shown.didomi(record, each.inDidomi()),
                Shown.column(record.column(each.column()), each.inColumn()),
                settled.columnValues().get(each.column().logicalName()),
                each.reason());
    }
}
