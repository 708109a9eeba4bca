package io.github.consentbridge.mapping.settle;

import io.github.consentbridge.mapping.consent.ConsentRecordId;
import io.github.consentbridge.mapping.document.OrganizationUserId;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One person's entry in the consent ledger.
 *
 * @param contactId the contact whose columns were observed; null until one is found
 */
public record Person(
        OrganizationUserId key, @Nullable String contactId, SortedMap<ConsentRecordId, ConsentRecord> records) {
    public Person {
        records = Collections.unmodifiableSortedMap(records);
    }

    /** A person who is new to the ledger. */
    public static Person unknown(OrganizationUserId key) {
        return new Person(key, null, new TreeMap<>());
    }

    public ConsentRecord record(ConsentRecordId id) {
        return records.getOrDefault(id, ConsentRecord.EMPTY);
    }

    /** The number of Didomi users of which something is remembered. */
    public int didomiUsers() {
        return (int) records.values().stream()
                .flatMap(record -> record.users().keySet().stream())
                .distinct()
                .count();
    }

    /** The same without what changes no decision: see {@link ConsentRecord#withoutReplacedUsers}. */
    Person withoutReplacedUsers() {
        return new Person(key, contactId, each(ConsentRecord::withoutReplacedUsers));
    }

    Person with(Map<ConsentRecordId, ConsentRecord> changed) {
        SortedMap<ConsentRecordId, ConsentRecord> all = new TreeMap<>(records);
        all.putAll(changed);
        return all.equals(records) ? this : new Person(key, contactId, all);
    }

    Person onContact(String id) {
        if (id.equals(contactId)) {
            return this;
        }
        return new Person(key, id, contactId == null ? records : each(ConsentRecord::withoutColumnObservations));
    }

    private SortedMap<ConsentRecordId, ConsentRecord> each(UnaryOperator<ConsentRecord> change) {
        SortedMap<ConsentRecordId, ConsentRecord> changed = new TreeMap<>();
        records.forEach((id, record) -> changed.put(id, change.apply(record)));
        return changed;
    }
}
