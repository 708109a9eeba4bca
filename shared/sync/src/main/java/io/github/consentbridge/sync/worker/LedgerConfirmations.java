package io.github.consentbridge.sync.worker;

import static java.util.Objects.requireNonNull;

import io.github.consentbridge.mapping.document.OrganizationUserId;
import io.github.consentbridge.mapping.settle.Person;
import io.github.consentbridge.sync.history.HistoryFacts;
import io.github.consentbridge.sync.history.HistoryRecorder;
import io.github.consentbridge.sync.ledger.ConsentLedger;
import io.github.consentbridge.sync.ledger.LedgerEntry;
import io.github.consentbridge.sync.ledger.LedgerEntryTooLargeException;
import io.github.consentbridge.sync.storage.StorageException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The save after a write: it records the answers in the ledger. Another worker may have saved in between, so that the
 * answers are applied to the entry as it stands then.
 */
final class LedgerConfirmations {
    /** Each failed attempt means that another worker succeeded, so a few are plenty. */
    private static final int MAX_ATTEMPTS = 20;

    private final ConsentLedger ledger;

    private final HistoryRecorder history;

    LedgerConfirmations(ConsentLedger ledger, HistoryRecorder history) {
        this.ledger = ledger;
        this.history = history;
    }

    /**
     * The answers to one person's writes.
     *
     * @param entry the ledger entry as last loaded or saved
     * @param change how the answers change it
     * @param facts what the history records of them
     */
    record Answer(LedgerEntry entry, UnaryOperator<Person> change, HistoryFacts facts) {
        private Answer on(LedgerEntry loaded) {
            return new Answer(loaded, change, facts);
        }

        /** The same entry if the answers change nothing, or if the person was erased since the write. */
        private LedgerEntry applied(HistoryRecorder history) {
            if (entry.isTombstone()) {
                return entry;
            }
            Person answered = change.apply(entry.person());
            return answered.equals(entry.person())
                    ? entry
                    : entry.with(answered).recorded(history.record(entry.history(), entry.person(), answered, facts));
        }
    }

    /**
     * Saves answers, at most one for each person.
     *
     * @return the entries as they stand afterwards
     */
    Map<OrganizationUserId, LedgerEntry> save(Collection<Answer> answers) {
        Map<OrganizationUserId, LedgerEntry> saved = new HashMap<>();
        Map<OrganizationUserId, Answer> left = new LinkedHashMap<>();
        answers.forEach(answer -> left.put(answer.entry().person().key(), answer));
        for (int attempt = 0; !left.isEmpty(); attempt++) {
            if (attempt == MAX_ATTEMPTS) {
                throw new StorageException(
                        "the ledger entry of a person changed during each of " + MAX_ATTEMPTS + " attempts to save it",
                        new IllegalStateException("too many conflicts"));
            }
            if (attempt > 0) {
                Map<OrganizationUserId, LedgerEntry> loaded = ledger.load(left.keySet());
                left.replaceAll((key, answer) -> answer.on(requireNonNull(loaded.get(key))));
            }
            saved.putAll(saveOnce(left.values()));
            left.keySet().removeAll(saved.keySet());
        }
        return saved;
    }

    private Map<OrganizationUserId, LedgerEntry> saveOnce(Collection<Answer> answers) {
        Map<OrganizationUserId, LedgerEntry> after = new HashMap<>();
        List<LedgerEntry> changed = new ArrayList<>();
        for (Answer answer : answers) {
            LedgerEntry applied = answer.applied(history);
            boolean unchanged = applied.equals(answer.entry());
            after.put(applied.person().key(), unchanged ? applied : applied.saved());
            if (!unchanged) {
                changed.add(applied);
            }
        }
        after.keySet().removeAll(changed.isEmpty() ? Set.of() : saved(changed));
        return after;
    }

    /**
     * An answer that does not fit stays unrecorded, as if it had been lost: the write counts as pending, and the next
     * settle of the person, whose save fails first, says so.
     */
    private Set<OrganizationUserId> saved(List<LedgerEntry> changed) {
        try {
            return ledger.save(changed);
        } catch (LedgerEntryTooLargeException e) {
            return e.conflicts();
        }
    }
}
