package io.github.consentbridge.standalone.host;

import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.mapping.document.OrganizationUserId;
import io.github.consentbridge.standalone.store.Store;
import io.github.consentbridge.sync.ledger.LedgerEntry;
import io.github.consentbridge.sync.ledger.LedgerKey;
import io.github.consentbridge.sync.logging.LogFields;
import io.github.consentbridge.sync.logging.OutcomeLog;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Completes the erasure of people whose ledger entry has become a tombstone: where their history is forgotten, so are their
 * dead letters from before the deletion, and what was deleted is removed from the files. Safe for use by several threads.
 */
final class Erasures {
    private final Store store;
    private final Integration integration;
    private final OutcomeLog outcomeLog;
    private final Runnable scrubbing;

    /** Whether something was erased by a batch that has not ended. */
    private final AtomicBoolean erased = new AtomicBoolean();

    /** @param scrubbing is called when the files are to be scrubbed; must return at once */
    Erasures(Store store, Integration integration, OutcomeLog outcomeLog, Runnable scrubbing) {
        this.store = store;
        this.integration = integration;
        this.outcomeLog = outcomeLog;
        this.scrubbing = scrubbing;
    }

    /** Starts to watch the store. */
    void watch() {
        store.ledger().onErasure(this::complete);
        store.queue().onBatchEnd(this::batchEnded);
    }

    /** If it fails, so does the save, and the delivery of the deletion is applied again. */
    private void complete(LedgerEntry tombstone) {
        @Nullable Instant at = tombstone.erasedAt();
        if (at != null && tombstone.history().forgotten()) {
            eraseDeadLetters(tombstone.person().key(), at);
        }
        erased.set(true);
    }

    private void eraseDeadLetters(OrganizationUserId person, Instant deletedAt) {
        int letters = store.deadLetters()
                .erase(
                        spelled -> !spelled.isEmpty()
                                && LedgerKey.of(integration, spelled).equals(person),
                        deletedAt);
        if (letters > 0) {
            outcomeLog.log("dead letters erased", person, LogFields.of("letters", letters));
        }
    }

    /** Not before: the batch's own deliveries are in the files until it has ended. */
    private void batchEnded() {
        if (erased.getAndSet(false)) {
            scrubbing.run();
        }
    }
}
