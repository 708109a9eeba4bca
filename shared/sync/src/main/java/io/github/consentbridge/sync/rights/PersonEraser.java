package io.github.consentbridge.sync.rights;

import io.github.consentbridge.mapping.document.OrganizationUserId;
import io.github.consentbridge.sync.ledger.LedgerEntry;
import io.github.consentbridge.sync.operations.Host;
import io.github.consentbridge.sync.storage.StorageException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * Erases a person from a host's stores. The ledger comes first: once it has the tombstone, a delivery that is being applied
 * meanwhile cannot save what it knows of the person. Safe to repeat, also after a part of it was done.
 */
public final class PersonEraser {
    /** Each failed attempt means that a worker has saved the person in between, so a few are plenty. */
    private static final int MAX_ATTEMPTS = 20;

    private final Host host;

    public PersonEraser(Host host) {
        this.host = host;
    }

    /** What the ledger had of the person before it had the tombstone only. */
    private record Before(LedgerEntry entry, int history) {}

    /** Erases the person, whatever is known of them. */
    public ErasureReport erase(OrganizationUserId person) {
        Before before = bury(person);
        Predicate<String> isPerson = StoredPerson.spelling(host, person);
        int waiting = host.waiting().map(queue -> queue.remove(isPerson)).orElse(0);
        int deadLetters = host.deadLetters().erase(isPerson);
        return new ErasureReport(
                person.value(),
                before.entry().person().records().isEmpty() ? 0 : 1,
                before.history(),
                waiting,
                deadLetters,
                new Retention(host).afterErasure(before.entry().person().contactId()));
    }

    private Before bury(OrganizationUserId person) {
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            LedgerEntry entry =
                    Objects.requireNonNull(host.ledger().load(List.of(person)).get(person));
            int history = host.ledger().history(person).size();
            Instant now = host.clock().instant().truncatedTo(ChronoUnit.MILLIS);
            LedgerEntry tombstone = entry.erased(now, entry.history().forget());
            if (host.ledger().save(List.of(tombstone)).isEmpty()) {
                return new Before(entry, history);
            }
        }
        throw new StorageException("the person's deliveries changed the ledger entry during each of " + MAX_ATTEMPTS
                + " attempts to erase it: repeat the command");
    }
}
