package io.github.consentbridge.sync.operations;

import static java.util.Objects.requireNonNull;

import io.github.consentbridge.mapping.document.OrganizationUserId;
import io.github.consentbridge.sync.history.HistoryChain;
import io.github.consentbridge.sync.history.HistoryKind;
import io.github.consentbridge.sync.history.HistoryRecorder;
import io.github.consentbridge.sync.history.HistoryTail;
import io.github.consentbridge.sync.ledger.ConsentLedger;
import io.github.consentbridge.sync.ledger.LedgerEntry;
import io.github.consentbridge.sync.queue.DeadLetter;
import io.github.consentbridge.sync.queue.DiscardedDelivery;
import io.github.consentbridge.sync.storage.StorageException;
import java.time.Instant;
import java.util.List;

/** Records in people's histories that dead letters of theirs were given up. */
final class DiscardHistory {
    /** Each failed attempt means that a worker succeeded, so a few are plenty. */
    private static final int MAX_ATTEMPTS = 20;

    private final ConsentLedger ledger;
    private final HistoryRecorder history;

    DiscardHistory(ConsentLedger ledger, HistoryRecorder history) {
        this.ledger = ledger;
        this.history = history;
    }

    /**
     * Records that a letter is given up, once, however often this is repeated. A person of whom the ledger knows nothing has
     * no history: what is on record of the delivery has to do.
     *
     * @throws StorageException if it is not known that it is recorded
     */
    void record(OrganizationUserId person, DeadLetter letter, DiscardedDelivery.Decision decision) {
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            LedgerEntry entry = requireNonNull(ledger.load(List.of(person)).get(person));
            if (!hasHistory(entry) || isRecorded(entry, letter)) {
                return;
            }
            HistoryTail recorded = history.discarded(
                    entry.history(),
                    letter.delivery().side(),
                    letter.delivery().id(),
                    decision.by(),
                    decision.reason());
            if (recorded.equals(entry.history())
                    || ledger.save(List.of(entry.recorded(recorded))).isEmpty()) {
                return;
            }
        }
        throw new StorageException("the ledger entry of a person changed during each of " + MAX_ATTEMPTS
                + " attempts to save it; discard the dead letter again");
    }

    private static boolean hasHistory(LedgerEntry entry) {
        boolean forgotten = entry.isTombstone() && entry.history().head().at() == null;
        return entry.revision() != LedgerEntry.NEW && !forgotten;
    }

    /** The same delivery can become a dead letter again after it was given up. */
    private boolean isRecorded(LedgerEntry entry, DeadLetter letter) {
        return HistoryChain.check(
                        ledger.history(entry.person().key()), entry.history().head(), Instant.MIN)
                .entries()
                .stream()
                .anyMatch(known -> known.kind() == HistoryKind.DISCARDED
                        && letter.delivery().id().equals(known.delivery())
                        && !known.at().isBefore(letter.diedAt()));
    }
}
