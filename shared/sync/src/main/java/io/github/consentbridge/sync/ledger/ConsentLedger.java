package io.github.consentbridge.sync.ledger;

import io.github.consentbridge.mapping.document.OrganizationUserId;
import io.github.consentbridge.sync.history.HistoryStore;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is known of each person, and how it came about. Safe for use by several threads and processes. */
public interface ConsentLedger extends HistoryStore {
    /** How long a tombstone keeps late deliveries from bringing an erased person back. */
    Duration TOMBSTONE_AGE = Duration.ofDays(30);

    /**
     * Loads entries, many in few requests.
     *
     * @return one for each key, {@link LedgerEntry#none} where nothing is stored
     * @throws io.github.consentbridge.sync.storage.StorageException if they could not be read
     */
    Map<OrganizationUserId, LedgerEntry> load(Collection<OrganizationUserId> keys);

    /**
     * Saves entries, each on the condition that its revision is still the stored one, and each together with what it
     * appends to the person's history; durable when it returns.
     *
     * @return the keys that were not saved because somebody else saved them since they were loaded; all others are
     *     stored, under {@code revision + 1}
     * @throws LedgerEntryTooLargeException if entries do not fit, after all others were saved
     * @throws io.github.consentbridge.sync.storage.StorageException if it is not known what is stored
     */
    Set<OrganizationUserId> save(List<LedgerEntry> entries);

    /** The person whose columns were last seen on this contact: resolves a deleted contact, of which only the id is told. */
    Optional<OrganizationUserId> personOf(String contactId);
}
