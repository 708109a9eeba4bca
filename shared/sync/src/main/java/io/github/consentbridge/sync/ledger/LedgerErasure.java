package io.github.consentbridge.sync.ledger;

import io.github.consentbridge.mapping.document.OrganizationUserId;
import io.github.consentbridge.sync.storage.StorageException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;

/** Replaces a person's ledger entry and history by a tombstone, whatever workers do with the person meanwhile. */
public final class LedgerErasure {
    /** Each failed attempt means that a worker has saved the person in between, so a few are plenty. */
    private static final int MAX_ATTEMPTS = 20;

    private final ConsentLedger ledger;
    private final Clock clock;

    public LedgerErasure(ConsentLedger ledger, Clock clock) {
        this.ledger = ledger;
        this.clock = clock;
    }

    /**
     * What was there before.
     *
     * @param history the number of entries of the history
     */
    public record Before(LedgerEntry entry, int history) {}

    /**
     * Erases the person; durable when it returns. Safe to repeat: only choices that are dated after the last erasure bring
     * the person back.
     *
     * @throws StorageException if it is not known that the person is erased
     */
    public Before erase(OrganizationUserId person) {
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            LedgerEntry entry =
                    Objects.requireNonNull(ledger.load(List.of(person)).get(person));
            int history = ledger.history(person).size();
            Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            LedgerEntry tombstone = entry.erased(now, entry.history().forget());
            if (ledger.save(List.of(tombstone)).isEmpty()) {
                return new Before(entry, history);
            }
        }
        throw new StorageException("the person's deliveries changed the ledger entry during each of " + MAX_ATTEMPTS
                + " attempts to erase it: repeat the command");
    }
}
