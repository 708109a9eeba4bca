package io.github.consentbridge.sync.rights;

import io.github.consentbridge.mapping.document.OrganizationUserId;
import io.github.consentbridge.sync.ledger.LedgerErasure;
import io.github.consentbridge.sync.operations.Host;
import java.util.function.Predicate;

/**
 * Erases a person from a host's stores. The ledger comes first: once it has the tombstone, a delivery that is being applied
 * meanwhile cannot save what it knows of the person. Safe to repeat, also after a part of it was done.
 */
public final class PersonEraser {
    private final Host host;

    public PersonEraser(Host host) {
        this.host = host;
    }

    /** Erases the person, whatever is known of them. */
    public ErasureReport erase(OrganizationUserId person) {
        LedgerErasure.Before before = new LedgerErasure(host.ledger(), host.clock()).erase(person);
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
}
