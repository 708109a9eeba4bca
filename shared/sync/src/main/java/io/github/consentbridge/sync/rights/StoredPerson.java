package io.github.consentbridge.sync.rights;

import io.github.consentbridge.mapping.document.OrganizationUserId;
import io.github.consentbridge.sync.history.ChainedEntry;
import io.github.consentbridge.sync.ledger.LedgerEntry;
import io.github.consentbridge.sync.ledger.LedgerKey;
import io.github.consentbridge.sync.operations.Host;
import io.github.consentbridge.sync.queue.DeadLetter;
import io.github.consentbridge.sync.queue.Delivery;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What a host's stores have of one person, as it was read.
 *
 * @param waiting deliveries that are not finished; empty if the queue cannot be searched
 */
public record StoredPerson(
        LedgerEntry entry, List<ChainedEntry> history, Optional<List<Delivery>> waiting, List<DeadLetter> deadLetters) {
    public StoredPerson {
        history = List.copyOf(history);
        waiting = waiting.map(List::copyOf);
        deadLetters = List.copyOf(deadLetters);
    }

    /**
     * Reads it.
     *
     * @param key the organization user id, as either system spells it
     * @param limit waiting deliveries and dead letters at most
     */
    public static StoredPerson load(Host host, String key, int limit) {
        OrganizationUserId person = LedgerKey.of(host.integration(), key);
        Predicate<String> isPerson = spelling(host, person);
        return new StoredPerson(
                Objects.requireNonNull(host.ledger().load(List.of(person)).get(person)),
                host.ledger().history(person),
                host.waiting().map(queue -> queue.find(isPerson, limit)),
                host.deadLetters()
                        .list(letter -> isPerson.test(letter.delivery().person()), limit));
    }

    /** Whether an organization user id, as a delivery spells it, is this person's. */
    static Predicate<String> spelling(Host host, OrganizationUserId person) {
        return spelled ->
                !spelled.isEmpty() && LedgerKey.of(host.integration(), spelled).equals(person);
    }

    public OrganizationUserId key() {
        return entry.person().key();
    }

    /** Whether nothing is known of the person, and nothing that is not applied yet can be seen. */
    public boolean isUnknown() {
        return entry.erasedAt() == null
                && entry.person().records().isEmpty()
                && history.isEmpty()
                && waiting.map(List::isEmpty).orElse(true)
                && deadLetters.isEmpty();
    }
}
