package io.github.consentbridge.simulators.dataverse;

import io.github.consentbridge.simulators.dataverse.table.ContactTable;
import io.github.consentbridge.simulators.http.RequestCounters;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Counts requests and their effects on contacts, but not edits by a user in the app. Thread-safe. */
public final class DataverseCounters extends RequestCounters {
    private final ContactTable table;
    private final Map<String, Long> tags = new HashMap<>();
    private long updated;
    private long created;
    private long deleted;
    private long batchParts;
    private long mismatches;
    private long throttled;

    DataverseCounters(ContactTable table) {
        this.table = table;
    }

    /** Writes of contacts through the API, including creations and those of a change set that was rolled back. */
    public synchronized long rowsWritten() {
        return updated + created;
    }

    public synchronized long rowsCreated() {
        return created;
    }

    public synchronized long rowsDeleted() {
        return deleted;
    }

    /** Requests inside batches. */
    public synchronized long batchParts() {
        return batchParts;
    }

    /** 412 answers, including those inside batches. */
    public synchronized long conflicts() {
        return mismatches;
    }

    /** Requests that the service protection limits refused; scripted ones count as {@code answers(429)} only. */
    public synchronized long throttled() {
        return throttled;
    }

    /** How often the API wrote this contact. */
    public int writesTo(UUID contactId) {
        synchronized (table) {
            int row = table.find(contactId);
            return row < 0 ? 0 : table.writes(row);
        }
    }

    /** The {@code tag} parameters of writes with their counts. */
    public synchronized Map<String, Long> tags() {
        return Map.copyOf(tags);
    }

    @Override
    public void reset() {
        super.reset();
        table.forgetWrites();
        synchronized (this) {
            tags.clear();
            updated = 0;
            created = 0;
            deleted = 0;
            batchParts = 0;
            mismatches = 0;
            throttled = 0;
        }
    }

    synchronized void wrote(Optional<String> tag) {
        updated++;
        tag.ifPresent(this::tagged);
    }

    synchronized void created(Optional<String> tag) {
        created++;
        tag.ifPresent(this::tagged);
    }

    synchronized void deleted() {
        deleted++;
    }

    synchronized void batchPart() {
        batchParts++;
    }

    synchronized void conflict() {
        mismatches++;
    }

    synchronized void refused() {
        throttled++;
    }

    private void tagged(String tag) {
        tags.merge(tag, 1L, Long::sum);
    }
}
