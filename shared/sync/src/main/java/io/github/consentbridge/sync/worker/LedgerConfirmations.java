package io.github.consentbridge.sync.worker;

import static java.util.Objects.requireNonNull;

import io.github.consentbridge.mapping.document.OrganizationUserId;
import io.github.consentbridge.mapping.settle.Person;
import io.github.consentbridge.sync.ledger.ConsentLedger;
import io.github.consentbridge.sync.ledger.LedgerEntry;
import io.github.consentbridge.sync.storage.StorageException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The save after a write: what the answers make of the ledger. Another worker may have saved in between, so it is
 * applied to the entry as it stands then.
 */
final class LedgerConfirmations {
    /** Each failed attempt means that somebody else succeeded, so a few are plenty. */
    private static final int ATTEMPTS = 20;

    private final ConsentLedger ledger;

    LedgerConfirmations(ConsentLedger ledger) {
        this.ledger = ledger;
    }

    /** Applies what each person's answers change; first to the entry that the task holds. */
    void save(Map<PersonTask, UnaryOperator<Person>> answers) {
        Map<OrganizationUserId, PersonTask> left = new LinkedHashMap<>();
        answers.keySet().forEach(task -> left.put(task.key, task));
        for (int attempt = 0; !left.isEmpty(); attempt++) {
            if (attempt == ATTEMPTS) {
                throw new StorageException(
                        "the ledger entry of a person changed during each of " + ATTEMPTS + " attempts to save it",
                        new IllegalStateException("too many conflicts"));
            }
            if (attempt > 0) {
                ledger.load(left.keySet()).forEach((key, entry) -> requireNonNull(left.get(key)).entry = entry);
            }
            Set<OrganizationUserId> conflicts = saveOnce(left, answers);
            left.keySet().retainAll(conflicts);
        }
    }

    private Set<OrganizationUserId> saveOnce(
            Map<OrganizationUserId, PersonTask> tasks, Map<PersonTask, UnaryOperator<Person>> answers) {
        List<LedgerEntry> changed = new ArrayList<>();
        for (PersonTask task : tasks.values()) {
            LedgerEntry entry = requireNonNull(task.entry);
            Person answered = requireNonNull(answers.get(task)).apply(entry.person());
            if (!answered.equals(entry.person())) {
                changed.add(entry.with(answered));
            }
        }
        Set<OrganizationUserId> conflicts = changed.isEmpty() ? Set.of() : ledger.save(changed);
        for (LedgerEntry entry : changed) {
            if (!conflicts.contains(entry.person().key())) {
                requireNonNull(tasks.get(entry.person().key())).entry = entry.saved();
            }
        }
        return conflicts;
    }
}
